using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;

namespace PostModtag.Application.DiscardDraft;

/// <summary>Discard the draft of an authority's rules.</summary>
public sealed record DiscardDraftCommand(string Cvr, ExpectedRevision Expected) : IRequest<Change<Draft>>, IOfAuthority;

/// <summary>Discards the draft; where there is none, nothing is changed.</summary>
internal sealed class DiscardDraftHandler(ISetupStore store, SetupChanges changes, ICaller caller, TimeProvider clock) : IRequestHandler<DiscardDraftCommand, Change<Draft>>
{
    /// <inheritdoc />
    public Task<Change<Draft>> Handle(DiscardDraftCommand request, CancellationToken cancellationToken) => changes.MakeAsync<Change<Draft>>(
        async () =>
        {
            var draft = await Draft.ReadAsync(store, request.Cvr, cancellationToken);
            if (!request.Expected.Matches(draft.Authority.Revision))
                return (null, new Change<Draft>.Stale());
            if (!draft.IsSaved)
                return (null, new Change<Draft>.Done(draft));

            draft.Authority.DiscardDraft();
            var audit = new AuditEntry(clock.GetUtcNow(), caller.Name, AuditAction.DraftDiscarded, request.Cvr, null, $"the draft had {draft.RuleSet.Rules.Count} rules");
            return (new SetupChange { Authority = draft.Authority, Audit = audit }, new Change<Draft>.Done(draft));
        },
        cancellationToken);
}
