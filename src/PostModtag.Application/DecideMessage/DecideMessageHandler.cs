using MediatR;
using Microsoft.Extensions.Options;
using PostModtag.Application.Administration;
using PostModtag.Application.Deliveries;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.DecideMessage;

/// <summary>Does what a person has decided about a message. It takes the message's turn, so that nobody else is asking about it meanwhile.</summary>
public sealed class DecideMessageHandler(
    DecideMessageValidator validator, MessageTurns turns, RoutingTables tables, MessageDelivery delivery, IMessageStore store, IOptions<PostModtagOptions> options, ICaller caller, TimeProvider clock)
    : IRequestHandler<DecideMessageCommand, Change<Message>>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task<Change<Message>> Handle(DecideMessageCommand request, CancellationToken cancellationToken)
    {
        if (validator.Validate(request) is { IsValid: false } wrong)
            return new Change<Message>.Invalid([.. wrong.Errors.Select(error => new Fault(error.PropertyName, error.ErrorMessage))]);
        if (request.Fagsystem is { } key && (await tables.CurrentAsync(cancellationToken)).Find(key) is not { State: FagsystemState.Active })
            return new Change<Message>.Invalid([new Fault("fagsystem", "Expected the key of a fagsystem that is active. GET /fagsystemer?state=ACTIVE lists them.")]);

        await using var turn = await turns.TakeAsync(request.MessageUuid, Patience);
        if (turn is null)
            return new Change<Message>.Refused(Refusal.MessageBusy, "It is on its way to its fagsystem at this moment. Try again in a while.");
        var message = await store.FindAsync(request.MessageUuid, cancellationToken);
        if (message is null)
            return new Change<Message>.NotFound();
        if (message.IsDecided || message.Fagsystem is null)
            return new Change<Message>.Refused(Refusal.MessageDecided, "It has its final receipt, and that stays.");

        await ActAsync(request, message);
        return new Change<Message>.Done(message);
    }

    private async Task ActAsync(DecideMessageCommand request, Message message)
    {
        var now = clock.GetUtcNow();
        var (action, detail) = request.Action switch
        {
            MessageAction.Retry => (AuditAction.MessageRetried, $"asked {message.Fagsystem} again"),
            MessageAction.Redirect => (AuditAction.MessageRedirected, $"from {message.Fagsystem} to {request.Fagsystem}"),
            _ => (AuditAction.MessageRejected, "rejected"),
        };
        var audit = new AuditEntry(now, caller.Name, action, null, request.Fagsystem ?? message.Fagsystem, $"message {message.MessageUuid} {detail}: {request.Reason}");
        if (request.Fagsystem is { } other)
            message.Redirect(other);
        if (request.Action == MessageAction.Reject)
            message.Reject(Rejection.ByPerson(request.Reason), now);
        await store.UpdateAsync(new MessageChange { Message = message, Audit = audit }, CancellationToken.None);

        if (request.Action != MessageAction.Reject)
            await delivery.DeliverAsync(message, options.Value.DeliveryTimeout);
    }
}
