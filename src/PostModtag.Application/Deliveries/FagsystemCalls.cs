using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Metrics;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Application.Tracing;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Deliveries;

/// <summary>Asks a fagsystem to take a message, in this process or on another host. It keeps nothing.</summary>
internal sealed class FagsystemCalls(
    RoutingTables tables,
    FagsystemDirectory handlers,
    IRestFagsystem rest,
    IContentStore contents,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    IOptions<PostModtagOptions> options,
    TimeProvider clock,
    MessageMetrics metrics,
    ILogger<FagsystemCalls> log)
{
    /// <summary>How long a call may still take when the server stops: most fagsystemer answer well within.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>Asks it once. Whatever goes wrong at the fagsystem is an outcome; an exception means that this server's own storage failed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="key">The key of the fagsystem.</param>
    /// <param name="patience">How long it may take at most; null, where nobody waits, for all that it is allowed.</param>
    public async Task<DeliveryOutcome> AskAsync(Message message, string key, TimeSpan? patience)
    {
        var begun = Stopwatch.GetTimestamp();
        using var span = MessageTrace.Begin("deliver", message.TransactionId);
        span.Of(message.MessageUuid, key);
        var outcome = await AskOnceAsync(message, key, patience);
        var word = outcome is DeliveryOutcome.Undecided { Reason: var reason } ? reason.ToString() : outcome.GetType().Name;
        span.End(word);
        metrics.Delivered(key, word, Stopwatch.GetElapsedTime(begun));
        return outcome;
    }

    private async Task<DeliveryOutcome> AskOnceAsync(Message message, string key, TimeSpan? patience)
    {
        var table = await tables.CurrentAsync(CancellationToken.None);
        if (table.Find(key) is not { State: FagsystemState.Active } fagsystem)
            return new DeliveryOutcome.Undecided(UndecidedReason.TakesNone);

        using var timeIsUp = new CancellationTokenSource(patience ?? Allowed(fagsystem), clock);
        await using var stopping = lifetime.ApplicationStopping.Register(() => timeIsUp.CancelAfter(StopGrace));
        if (fagsystem.Kind == FagsystemKind.Rest)
            return await rest.DeliverAsync(message, fagsystem, timeIsUp.Token);
        return await HandleAsync(message, fagsystem, timeIsUp.Token);
    }

    /// <summary>How long asking it may take.</summary>
    public TimeSpan Longest(RoutingTable table, string key, TimeSpan? patience) =>
        patience ?? (table.Find(key) is { } fagsystem ? Allowed(fagsystem) : TimeSpan.Zero);

    private TimeSpan Allowed(Fagsystem fagsystem) =>
        fagsystem is { Kind: FagsystemKind.Rest, Rest: { } settings } ? TimeSpan.FromSeconds(settings.TimeoutSeconds) : options.Value.DeliveryTimeout;

    private async Task<DeliveryOutcome> HandleAsync(Message message, Fagsystem fagsystem, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = handlers.Resolve(scope.ServiceProvider, fagsystem);
            var answer = await handler.DeliverAsync(new FagsystemDelivery(message, contents), cancellationToken);
            return answer.Rejection is { } rejection ? new DeliveryOutcome.Rejected(rejection) : new DeliveryOutcome.Accepted();
        }
#pragma warning disable CA1031 // Whatever a fagsystem throws, it has not decided.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            DeliveryLog.HandlerFailed(log, message.MessageUuid, fagsystem.Key, ExceptionDescription.Of(exception));
            return new DeliveryOutcome.Undecided(cancellationToken.IsCancellationRequested ? UndecidedReason.Timeout : UndecidedReason.HandlerFailed);
        }
    }
}
