using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Outbox;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.RetryOutboxEntry;

/// <summary>Have a receipt or a copy that was refused, or given up, or that waits for its time, sent now.</summary>
public sealed record RetryOutboxEntryCommand(long Id) : IRequest<Change<OutboxEntry>>, IOfCallersAuthorities;

/// <summary>Has it sent again. A receipt takes its old place in the order, before those that wait.</summary>
internal sealed class RetryOutboxEntryHandler(IOutbox outbox, CallersMessages messages, ICaller caller, TimeProvider clock) : IRequestHandler<RetryOutboxEntryCommand, Change<OutboxEntry>>
{
    /// <inheritdoc />
    public async Task<Change<OutboxEntry>> Handle(RetryOutboxEntryCommand request, CancellationToken cancellationToken)
    {
        var entry = await outbox.FindAsync(request.Id, cancellationToken);
        if (entry is null || (!caller.Authorities.IsAll && await messages.FindAsync(entry.MessageUuid, cancellationToken) is null))
            return new Change<OutboxEntry>.NotFound();
        var now = clock.GetUtcNow();
        switch (entry.State)
        {
            case OutboxState.Taken:
                return new Change<OutboxEntry>.Refused(Refusal.OutboxEntryNotEnded, "It was taken, and is told once.");
            case OutboxState.Waiting when entry.NextAttemptAt <= now:
                return new Change<OutboxEntry>.Refused(Refusal.OutboxEntryNotEnded, "It is due: it is being sent, or as soon as those before it have been.");
            default:
                break;
        }

        entry.TryAgain(now);
        var what = entry.Fagsystem is { } fagsystem ? $"the copy of message {entry.MessageUuid} for {fagsystem}" : $"the receipt of message {entry.MessageUuid} for Digital Post";
        var audit = new AuditEntry(now, caller.Name, AuditAction.OutboxRetried, null, entry.Fagsystem, $"{what} is sent again");
        await outbox.UpdateAsync(entry, audit, cancellationToken);
        return new Change<OutboxEntry>.Done(entry);
    }
}
