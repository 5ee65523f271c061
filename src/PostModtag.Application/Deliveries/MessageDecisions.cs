using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Deliveries;

/// <summary>Keeps what a person has decided about a message. It takes the message's turn, so that nobody is asking about it meanwhile.</summary>
internal sealed class MessageDecisions(DecisionValidator validator, RoutingTables tables, MessageTurns turns, CallersMessages messages, IMessageStore store, ICaller caller, TimeProvider clock)
{
    /// <summary>What is wrong with a decision, whatever the message.</summary>
    public async Task<IReadOnlyList<Fault>> FaultsOfAsync(Decision decision, CancellationToken cancellationToken)
    {
        var faults = validator.Validate(decision).Faults();
        if (faults.Count == 0 && decision.Fagsystem is { } key && (await tables.CurrentAsync(cancellationToken)).StateOf(key) != FagsystemState.Active)
            faults.Add(new Fault("fagsystem", new BilingualText(
                "Vælg et fagsystem, der er i brug.", "Expected the key of a fagsystem that is active. GET /fagsystemer?state=ACTIVE lists them.")));
        return faults;
    }

    /// <summary>
    /// Makes a decision that has no faults. One that is to be asked about is due afterwards: whoever has its turn may ask at
    /// once, and else it is asked about in the background, also when this process ends before.
    /// </summary>
    /// <param name="messageUuid">The message.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="patience">How long to wait for the message's turn.</param>
    /// <param name="ask">Asks its fagsystem at once, where that is decided; null to leave it to the background.</param>
    /// <param name="cancellationToken">Ends the call, as long as nothing is decided.</param>
    public async Task<Change<Message>> MakeAsync(Guid messageUuid, Decision decision, TimeSpan patience, Func<Message, Task>? ask, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(messageUuid, patience);
        if (turn is null)
            return new Change<Message>.Refused(Refusal.MessageBusy, "It is on its way to its fagsystem at this moment. Try again in a while.");
        var message = await messages.FindAsync(messageUuid, cancellationToken);
        if (message is null)
            return new Change<Message>.NotFound();
        if (message.IsDecided)
            return new Change<Message>.Refused(Refusal.MessageDecided, "It has its final receipt, and that stays.");

        var now = clock.GetUtcNow();
        if (decision.Action != MessageAction.Retry && message.AskingUntil > now)
            return new Change<Message>.Refused(Refusal.MessageBusy, $"Its fagsystem was asked, and who asked has not said how that ended: the fagsystem may have it. Try again after {message.AskingUntil:yyyy-MM-dd'T'HH:mm:ss'Z'}, or retry it: then the same fagsystem is asked.");

        var audit = Decide(message, decision, now);
        await store.UpdateAsync(new MessageChange { Message = message, Audit = audit }, CancellationToken.None);
        if (!message.IsDecided && ask is not null)
            await ask(message);
        return new Change<Message>.Done(message);
    }

    private AuditEntry Decide(Message message, Decision decision, DateTimeOffset now)
    {
        var from = message.Fagsystem;
        var (action, detail) = decision.Action switch
        {
            MessageAction.Retry => (AuditAction.MessageRetried, $"asked {from} again"),
            MessageAction.Redirect => (AuditAction.MessageRedirected, $"from {from} to {decision.Fagsystem}"),
            _ => (AuditAction.MessageRejected, "rejected"),
        };
        if (decision.Action == MessageAction.Retry)
            message.Retry(now);
        else if (decision.Action == MessageAction.Redirect)
            message.Redirect(decision.Fagsystem!, now);
        else
            message.Reject(Rejection.ByPerson(decision.Reason), now);
        return new AuditEntry(now, caller.Name, action, message.Authority, message.Fagsystem, $"message {message.MessageUuid} {detail}: {decision.Reason}");
    }
}
