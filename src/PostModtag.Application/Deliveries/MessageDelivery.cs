using Microsoft.Extensions.Logging;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Deliveries;

/// <summary>
/// Asks a message's fagsystem once, and keeps what it said before anyone hears of it. Whoever calls it has the message's turn.
/// </summary>
internal sealed class MessageDelivery(FagsystemCalls calls, RoutingTables tables, HoldSchedule schedule, IMessageStore store, TimeProvider clock, ILogger<MessageDelivery> log)
{
    /// <summary>What a node may need beside the time that the fagsystem has: to keep the message, and what was said of it.</summary>
    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(30);

    private readonly UnderWay _underWay = new();

    /// <summary>
    /// Asks the fagsystem of a message that was kept before. That it is being asked is kept first, and only by one who knows the message
    /// as it is: then it goes to no other fagsystem meanwhile, also when this node's turn at it is lost, or the node is.
    /// </summary>
    /// <param name="message">A message that has been routed and is not decided.</param>
    /// <param name="patience">How long the fagsystem may take at most; null, where nobody waits, for all that it is allowed.</param>
    /// <returns>What it ended as.</returns>
    /// <exception cref="InvalidOperationException">The message was changed by another since it was read; nobody is asked.</exception>
    public async Task<DeliveryOutcome> DeliverAgainAsync(Message message, TimeSpan? patience)
    {
        BeginAsking(message, await tables.CurrentAsync(CancellationToken.None), patience);
        await store.UpdateAsync(new MessageChange { Message = message }, CancellationToken.None);
        return await DeliverAsync(message, patience);
    }

    /// <summary>Asks the fagsystem of a message that has just been kept as <see cref="Begin"/> left it. Afterwards the message is decided, or held, or its sender is to send it again.</summary>
    /// <param name="message">A message that has been routed and is not decided.</param>
    /// <param name="patience">How long the fagsystem may take at most; null, where nobody waits, for all that it is allowed.</param>
    /// <returns>What it ended as.</returns>
    public async Task<DeliveryOutcome> DeliverAsync(Message message, TimeSpan? patience)
    {
        using var underWay = _underWay.Begin();
        var startedAt = clock.GetUtcNow();
        var outcome = await calls.AskAsync(message, message.Fagsystem!, patience);
        var now = clock.GetUtcNow();
        var attempt = message.Record(outcome, startedAt, now);
        if (!message.IsDecided && message.Routing!.WhenUndecided == WhenUndecided.Hold)
            schedule.Hold(message, outcome, now);
        await store.UpdateAsync(new MessageChange { Message = message, Attempt = attempt, Copies = CopiesOf(message, await tables.CurrentAsync(CancellationToken.None)) }, CancellationToken.None);
        Tell(message, outcome);
        return outcome;
    }

    /// <summary>
    /// Decides a new message where nobody has to be asked: it is for an inbox of this server's own. Keeping it is all that there is
    /// to do, so it is kept once, with its receipt.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="table">The set-up that it was routed by.</param>
    /// <param name="patience">How long its fagsystem may take at most.</param>
    /// <returns>What is to be kept of it: decided, or with the time for which its fagsystem is being asked.</returns>
    public MessageChange Begin(Message message, RoutingTable table, TimeSpan patience)
    {
        if (message.IsDecided)
            return new MessageChange { Message = message };
        if (table.Find(message.Fagsystem!) is not { Kind: FagsystemKind.Inbox, State: FagsystemState.Active })
        {
            BeginAsking(message, table, patience);
            return new MessageChange { Message = message };
        }

        var now = clock.GetUtcNow();
        var attempt = message.Record(new DeliveryOutcome.Accepted(), now, now);
        return new MessageChange { Message = message, Attempt = attempt, Copies = CopiesOf(message, table) };
    }

    /// <summary>Waits until nothing is under way, so that what a fagsystem has said is kept before the server ends; not for a handler that does not heed that time is up.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _underWay.NoneAsync(FagsystemCalls.StopGrace * 2, cancellationToken);

    private void BeginAsking(Message message, RoutingTable table, TimeSpan? patience) =>
        message.BeginAsking(clock.GetUtcNow() + calls.Longest(table, message.Fagsystem!, patience) + Beside);

    /// <summary>The further fagsystemer that get a copy, once the first has accepted.</summary>
    private static IReadOnlyList<OutboxEntry> CopiesOf(Message message, RoutingTable table) => message.State == MessageState.Accepted
        ? [.. table.Find(message.Fagsystem!)?.HandOnTo.Select(key => OutboxEntry.CopyOf(message, key)) ?? []]
        : [];

    private void Tell(Message message, DeliveryOutcome outcome)
    {
        var (fagsystem, undecided) = (message.Fagsystem!, outcome as DeliveryOutcome.Undecided);
        switch (undecided?.Reason.Concern())
        {
            case DeliveryConcern.Configuration:
                DeliveryLog.ConfigurationFault(log, fagsystem, undecided.Reason, undecided.HttpStatus, message.MessageUuid);
                break;
            case DeliveryConcern.Person:
                DeliveryLog.PersonNeeded(log, fagsystem, message.MessageUuid, undecided.Reason, undecided.HttpStatus);
                break;
            case DeliveryConcern.None when undecided.Reason != UndecidedReason.HandlerFailed:
                DeliveryLog.Undecided(log, message.MessageUuid, fagsystem, undecided.Reason, undecided.HttpStatus);
                break;
            default:
                break;
        }

        if (message.Concern == DeliveryConcern.GivenUp)
            DeliveryLog.GivenUp(log, message.MessageUuid, fagsystem);
    }
}
