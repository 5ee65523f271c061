using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using PostModtag.Infrastructure;

namespace PostModtag.Api.Health;

/// <summary>Marks an endpoint that load balancers ask every few seconds.</summary>
internal sealed class HealthEndpoint;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can take a message durably now.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(new HealthEndpoint());
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(HealthTags.Ready) })
            .WithMetadata(new HealthEndpoint());
    }
}
