using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.ChangeFagsystem;

/// <summary>Change everything of a fagsystem but its key.</summary>
public sealed record ChangeFagsystemCommand(string Key, FagsystemDetails Details, FagsystemState State, ExpectedRevision Expected) : IRequest<Change<Fagsystem>>, IOfServer;

/// <summary>Changes it. One that current rules point to is not retired.</summary>
internal sealed class ChangeFagsystemHandler(
    FagsystemDetailsValidator validator, FagsystemDirectory handlers, ISetupStore store, SetupChanges changes, ICaller caller, TimeProvider clock)
    : IRequestHandler<ChangeFagsystemCommand, Change<Fagsystem>>
{
    /// <inheritdoc />
    public Task<Change<Fagsystem>> Handle(ChangeFagsystemCommand request, CancellationToken cancellationToken) =>
        changes.MakeAsync(() => AttemptAsync(request, cancellationToken), cancellationToken);

    private async Task<(SetupChange?, Change<Fagsystem>)> AttemptAsync(ChangeFagsystemCommand request, CancellationToken cancellationToken)
    {
        var (key, details, state, expected) = request;
        var fagsystem = await store.FindFagsystemAsync(key, cancellationToken);
        if (fagsystem is null)
            return (null, new Change<Fagsystem>.NotFound());
        if (!expected.Matches(fagsystem.Revision))
            return (null, new Change<Fagsystem>.Stale());

        var others = (await store.GetSnapshotAsync(cancellationToken)).Fagsystemer;
        if (validator.FaultsOf(details, key, others, handlers) is { Count: > 0 } faults)
            return (null, new Change<Fagsystem>.Invalid(faults));
        var isRetiring = state == FagsystemState.Retired && fagsystem.State != FagsystemState.Retired;
        if (isRetiring && FagsystemUse.HandingOnTo(key, others) is { } handing)
            return (null, new Change<Fagsystem>.Refused(Refusal.FagsystemInUse, $"{handing} Take it out of them first, or pause it."));
        if (isRetiring && await FagsystemUse.OfAsync(store, key, alsoDrafts: false, cancellationToken) is { } use)
            return (null, new Change<Fagsystem>.Refused(Refusal.FagsystemInUse, $"{use} Publish rules that do not point to it first, or pause it."));

        var now = clock.GetUtcNow();
        var before = FagsystemText.Of(fagsystem);
        fagsystem.Change(details.Name, details.Owner, details.Kind, details.Rest, state, details.SystemIds, details.HandOnTo, now);
        var audit = new AuditEntry(now, caller.Name, AuditAction.FagsystemChanged, null, key, $"from: {before}. To: {FagsystemText.Of(fagsystem)}");
        return (new SetupChange { ChangedFagsystem = fagsystem, Audit = audit }, new Change<Fagsystem>.Done(fagsystem));
    }
}
