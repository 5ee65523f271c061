using System.Diagnostics;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PostModtag.Api.Health;
using PostModtag.Application.Access;
using PostModtag.Application.Metrics;
using PostModtag.Application.Tracing;

namespace PostModtag.Api.Telemetry;

/// <summary>
/// Traces, metrics and logs by OpenTelemetry: to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, when it is set; metrics also at
/// <c>/metrics</c>, as Prometheus reads them. Nobody listens to traces otherwise, and then they cost nothing.
/// </summary>
internal static class TelemetryRegistration
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsPath = "/metrics";

    // What .NET itself measures: calls that come, connections, calls that go out, and the process.
    private static readonly string[] Meters =
        [PostModtagMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var isExported = !string.IsNullOrEmpty(builder.Configuration[Endpoint]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("postmodtag", serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        if (!isExported)
            return;
        telemetry.WithTracing(traces => traces
                .AddSource(MessageTrace.SourceName)
                .AddAspNetCoreInstrumentation(calls =>
                {
                    calls.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && context.Request.Path != MetricsPath;
                    calls.EnrichWithHttpResponse = (span, _) => Cleanse(span);
                    calls.EnrichWithException = (span, _) => Cleanse(span);
                })
                .AddHttpClientInstrumentation())
            .WithLogging(configureBuilder: null, configureOptions: logs => (logs.IncludeScopes, logs.IncludeFormattedMessage) = (true, true))
            .UseOtlpExporter();
    }

    /// <summary>Paths and queries have what people search for: a span says the route.</summary>
    private static void Cleanse(Activity span)
    {
        span.SetTag("url.path", null);
        span.SetTag("url.query", null);
    }

    /// <summary>Metrics name authorities and fagsystemer: they are for those who may see all that runs.</summary>
    public static void MapMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint(MetricsPath).WithMetadata(new HealthEndpoint()).RequireAuthorization(Permissions.ReadOperation);
}
