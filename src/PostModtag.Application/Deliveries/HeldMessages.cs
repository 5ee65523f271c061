using Microsoft.Extensions.Logging;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;

namespace PostModtag.Application.Deliveries;

/// <summary>Asks the fagsystemer of messages that are due: held ones when it is time, and those that a person has set going.</summary>
internal sealed class HeldMessages(
    IMessageStore store, MessageDelivery delivery, IRestFagsystem rest, MessageTurns turns, RoutingTables tables, TimeProvider clock, ILogger<HeldMessages> log)
    : FagsystemQueue<DueMessage>(rest, tables, clock)
{
    private static readonly TimeSpan PatienceForTurn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseOfFailed = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await delivery.EndAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task<DueMessage?> TakeAsync(DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken) =>
        store.TakeDueAsync(now, until, butNotFor, cancellationToken);

    /// <inheritdoc />
    protected override string FagsystemOf(DueMessage due) => due.Fagsystem;

    /// <inheritdoc />
    protected override async Task WorkAsync(DueMessage due)
    {
        try
        {
            // Whoever has its turn is asking about it, or decides on it, and may be just about to give it back.
            await using var turn = await turns.TakeAsync(due.MessageUuid, PatienceForTurn);
            if (turn is null)
            {
                await PutOffAsync(due.MessageUuid, Pause);
                return;
            }

            var message = await store.FindAsync(due.MessageUuid, CancellationToken.None);
            if (message is { IsDecided: false } && message.NextAttemptAt <= _clock.GetUtcNow())
                await delivery.DeliverAgainAsync(message, null);
        }
#pragma warning disable CA1031 // The message stays due, and is asked about again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            DeliveryLog.HeldMessageFailed(log, due.MessageUuid, ExceptionDescription.Of(exception));
            await PutOffAsync(due.MessageUuid, PauseOfFailed);
        }
    }

    /// <inheritdoc />
    protected override void TellFailure(Exception exception) => DeliveryLog.HeldMessagesFailed(log, ExceptionDescription.Of(exception));

    private async Task PutOffAsync(Guid messageUuid, TimeSpan pause)
    {
        try
        {
            await store.LeaseAsync(messageUuid, _clock.GetUtcNow() + pause, CancellationToken.None);
        }
#pragma warning disable CA1031 // Then it is free when the lease that it has is over.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
