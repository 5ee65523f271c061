using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace PostModtag.Testing;

/// <summary>A collector of traces, metrics and logs by OTLP over HTTP, on real Kestrel: keeps the bytes that come.</summary>
public sealed class StandInCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, MemoryStream> _received = new();

    private StandInCollector(WebApplication app) => _app = app;

    /// <summary>What the server is told to send there.</summary>
    public string[] Settings => [$"--OTEL_EXPORTER_OTLP_ENDPOINT={_app.Urls.First()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_BSP_SCHEDULE_DELAY=100", "--OTEL_METRIC_EXPORT_INTERVAL=200", "--OTEL_BLRP_SCHEDULE_DELAY=100"];

    public static async Task<StandInCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new StandInCollector(app);
        app.Run(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var all = collector._received.GetOrAdd(context.Request.Path.Value!, _ => new MemoryStream());
            lock (all)
                body.WriteTo(all);
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return collector;
    }

    /// <summary>The bytes that came to a path, <c>/v1/traces</c>, <c>/v1/metrics</c> or <c>/v1/logs</c>, each a character.</summary>
    public string Received(string path)
    {
        if (!_received.TryGetValue(path, out var all))
            return "";
        lock (all)
            return Encoding.Latin1.GetString(all.ToArray());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
