using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Application.CheckDraft;

/// <summary>Find what is to be said of the draft before it is published.</summary>
public sealed record CheckDraftQuery(string Cvr) : IRequest<IReadOnlyList<LintFinding>>, IOfAuthority;

/// <summary>Checks the draft.</summary>
internal sealed class CheckDraftHandler(ISetupStore store, RuleChecks checks) : IRequestHandler<CheckDraftQuery, IReadOnlyList<LintFinding>>
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<LintFinding>> Handle(CheckDraftQuery request, CancellationToken cancellationToken) =>
        await checks.CheckAsync((await Draft.ReadAsync(store, request.Cvr, cancellationToken)).RuleSet, cancellationToken);
}
