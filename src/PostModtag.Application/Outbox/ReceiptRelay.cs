using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.Deliveries;
using PostModtag.Application.DigitalPost;
using PostModtag.Application.Metrics;
using PostModtag.Application.Storage;
using PostModtag.Application.Tracing;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.Outbox;

/// <summary>
/// Tells Digital Post the final receipts, one after the other, in the order in which messages were decided. While Digital Post
/// does not answer, or lets nobody in, the first waits and the others behind it. One that it refuses is set aside, and the
/// others go on. Where there are several nodes, one of them does it at a time.
/// </summary>
internal sealed class ReceiptRelay(
    IOutbox outbox, IMessageStore messages, IDigitalPost digitalPost, INodeTurns turns, IOptions<PostModtagOptions> options, TimeProvider clock, MessageMetrics metrics, ILogger<ReceiptRelay> log)
    : BackgroundService
{
    // The turn at all receipts: no message has this messageUUID.
    private static readonly Guid Turn = new("00000000-0000-0000-0001-000000000001");

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.DigitalPost.Relay)
            return;
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await RelayAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A database that is away comes back; relaying goes on.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                OutboxLog.RelayFailed(log, ExceptionDescription.Of(exception));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RelayAsync(CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(Turn, TimeSpan.Zero);
        if (turn is null)
            return;

        // A call that is under way when the server stops has a while to end: else nobody knows whether it was heard.
        using var timeIsUp = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => timeIsUp.CancelAfter(FagsystemCalls.StopGrace));
        while (!cancellationToken.IsCancellationRequested && await outbox.FindNextReceiptAsync(cancellationToken) is { } entry && entry.NextAttemptAt <= clock.GetUtcNow())
        {
            var message = await messages.FindAsync(entry.MessageUuid, cancellationToken) ?? throw new InvalidOperationException($"Message {entry.MessageUuid} has a receipt to be relayed and is gone.");
            using var span = MessageTrace.Begin("relay", message.TransactionId);
            span.Of(message.MessageUuid);
            var outcome = await digitalPost.SendReceiptAsync(message.Receipt!, timeIsUp.Token);
            var now = clock.GetUtcNow();
            entry.Record(outcome, now, now + Backoff.Wait(Pause, LongestWait, entry.Attempts + 1, outcome.RetryAfter));
            await outbox.UpdateAsync(entry, null, CancellationToken.None);
            span.End(entry.State.ToString());
            metrics.Relayed(entry.State.ToString());
            Tell(entry);
        }
    }

    private void Tell(OutboxEntry entry)
    {
        if (entry.State == OutboxState.Refused)
            OutboxLog.ReceiptRefused(log, entry.MessageUuid, entry.HttpStatus);
        else if (entry.State == OutboxState.Waiting && entry.Reason!.Value.Concern() == DeliveryConcern.Configuration)
            OutboxLog.ConfigurationFault(log, entry.MessageUuid, entry.Reason.Value, entry.HttpStatus);
        else if (entry.State == OutboxState.Waiting)
            OutboxLog.ReceiptPutOff(log, entry.MessageUuid, entry.Reason!.Value, entry.HttpStatus);
    }
}
