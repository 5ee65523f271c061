using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostModtag.Api.Access;
using PostModtag.Application.Access;
using PostModtag.Infrastructure;

namespace PostModtag.Api.Health;

/// <summary>Marks an endpoint that load balancers ask every few seconds.</summary>
internal sealed class HealthEndpoint;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can take a message durably now, and says what is quiet.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(new HealthEndpoint()).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(HealthTags.Ready), ResponseWriter = WriteAsync })
            .WithMetadata(new HealthEndpoint()).AllowAnonymous();
    }

    /// <summary>The status on the first line, as those who ask compare it; then what is not as it should be, for people who may see it.</summary>
    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var details = await MayReadAsync(context) ? report.Entries.Values.Select(entry => entry.Description).OfType<string>() : [];
        await context.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. details]));
    }

    private static async Task<bool> MayReadAsync(HttpContext context) =>
        !context.RequestServices.GetRequiredService<AccessList>().IsOn
        || ((await context.AuthenticateAsync(AccessSchemes.Administration)).Principal?.Identity is AccessIdentity { Authorities.IsAll: true } who && who.May(Permissions.ReadOperation));
}
