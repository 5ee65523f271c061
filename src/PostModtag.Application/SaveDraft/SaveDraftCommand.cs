using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Rules;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.SaveDraft;

/// <summary>Save the draft of an authority's rules.</summary>
public sealed record SaveDraftCommand(string Cvr, RuleSet RuleSet, ExpectedRevision Expected) : IRequest<Change<Draft>>, IOfAuthority;

/// <summary>Saves the draft.</summary>
internal sealed class SaveDraftHandler(DraftChanges drafts) : IRequestHandler<SaveDraftCommand, Change<Draft>>
{
    /// <inheritdoc />
    public Task<Change<Draft>> Handle(SaveDraftCommand request, CancellationToken cancellationToken) =>
        drafts.SaveAsync(request.Cvr, request.RuleSet, request.Expected, AuditAction.DraftSaved, cancellationToken);
}
