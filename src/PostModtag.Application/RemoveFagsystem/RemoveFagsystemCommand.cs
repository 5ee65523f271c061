using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Outbox;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.RemoveFagsystem;

/// <summary>Remove a fagsystem.</summary>
public sealed record RemoveFagsystemCommand(string Key, ExpectedRevision Expected) : IRequest<Change<Fagsystem>>, IOfServer;

/// <summary>Removes it, when nothing points to it.</summary>
internal sealed class RemoveFagsystemHandler(
    FagsystemDirectory handlers, ISetupStore store, IMessageStore messages, IOutbox outbox, SetupChanges changes, ICaller caller, TimeProvider clock)
    : IRequestHandler<RemoveFagsystemCommand, Change<Fagsystem>>
{
    /// <inheritdoc />
    public Task<Change<Fagsystem>> Handle(RemoveFagsystemCommand request, CancellationToken cancellationToken) =>
        changes.MakeAsync(() => AttemptAsync(request, cancellationToken), cancellationToken);

    private async Task<(SetupChange?, Change<Fagsystem>)> AttemptAsync(RemoveFagsystemCommand request, CancellationToken cancellationToken)
    {
        var fagsystem = await store.FindFagsystemAsync(request.Key, cancellationToken);
        if (fagsystem is null)
            return (null, new Change<Fagsystem>.NotFound());
        if (!request.Expected.Matches(fagsystem.Revision))
            return (null, new Change<Fagsystem>.Stale());
        if (await InUseAsync(request.Key, cancellationToken) is { } use)
            return (null, new Change<Fagsystem>.Refused(Refusal.FagsystemInUse, use));

        var audit = new AuditEntry(clock.GetUtcNow(), caller.Name, AuditAction.FagsystemRemoved, null, request.Key, FagsystemText.Of(fagsystem));
        return (new SetupChange { RemovedFagsystem = fagsystem, Audit = audit }, new Change<Fagsystem>.Done(fagsystem));
    }

    private async Task<string?> InUseAsync(string key, CancellationToken cancellationToken)
    {
        if (handlers.Has(key))
            return $"The fagsystem {key} is a part of this process. It can be retired, or taken out of Program.cs.";
        if (await FagsystemUse.OfAsync(store, key, alsoDrafts: true, cancellationToken) is { } use)
            return $"{use} Take it out of them first.";
        if (FagsystemUse.HandingOnTo(key, (await store.GetSnapshotAsync(cancellationToken)).Fagsystemer) is { } handing)
            return $"{handing} Take it out of them first.";
        if (await outbox.HasWaitingAsync(key, cancellationToken))
            return $"Copies of messages wait for the fagsystem {key}. It can go when they are taken, refused or given up.";
        return await messages.HasUndecidedAsync(key, cancellationToken)
            ? $"Messages that are not decided are for the fagsystem {key}. It can go when they are decided."
            : null;
    }
}
