using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PostModtag.Cli.Simulating;

/// <summary>Takes the receipts that a receiving system relays, as Digital Post does at <c>POST memos/{messageUUID}/receipt</c>.</summary>
internal sealed class ReceiptListener : IAsyncDisposable
{
    private static readonly string[] Statuses = ["COMPLETED", "INVALID", "NOT_ALLOWED"];

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<string>> _receipts = new();

    private ReceiptListener(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <param name="address">Where it is to listen.</param>
    public static async Task<ReceiptListener> StartAsync(Uri address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls(address.ToString());
        var app = builder.Build();
        var listener = new ReceiptListener(app);
        app.Run(listener.TakeAsync);
        await app.StartAsync();
        return listener;
    }

    /// <summary>The final receiptStatus of a message, once it has come.</summary>
    public Task<string> ReceiptOf(Guid messageUuid) => Waiting(messageUuid).Task;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var words = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!HttpMethods.IsPost(context.Request.Method) || words is not [.., "memos", var uuid, "receipt"] || !Guid.TryParse(uuid, out var messageUuid))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var status = await StatusAsync(context);
        context.Response.StatusCode = status is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        if (status is null)
            return;

        // Whoever relayed it has its answer before anything ends.
        context.Response.OnCompleted(() =>
        {
            Waiting(messageUuid).TrySetResult(status);
            return Task.CompletedTask;
        });
    }

    private static async Task<string?> StatusAsync(HttpContext context)
    {
        try
        {
            using var receipt = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return receipt.RootElement.TryGetProperty("receiptStatus", out var status) && Statuses.Contains(status.GetString()) ? status.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TaskCompletionSource<string> Waiting(Guid messageUuid) => _receipts.GetOrAdd(messageUuid, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
