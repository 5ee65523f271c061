using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Routing;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.CompareRules;

/// <summary>
/// Find what differs between two versions of an authority's rules. Null when there is not one of them; before the first
/// publication, the current version is an empty rule set.
/// </summary>
public sealed record CompareRulesQuery(string Cvr, string From, string To) : IRequest<IReadOnlyList<RuleDifference>?>, IOfAuthority;

/// <summary>Compares the two.</summary>
internal sealed class CompareRulesHandler(RuleVersions versions) : IRequestHandler<CompareRulesQuery, IReadOnlyList<RuleDifference>?>
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<RuleDifference>?> Handle(CompareRulesQuery request, CancellationToken cancellationToken) =>
        await FindAsync(request.Cvr, request.From, cancellationToken) is { } from && await FindAsync(request.Cvr, request.To, cancellationToken) is { } to
            ? RuleSetComparison.Compare(from, to)
            : null;

    private async Task<RuleSet?> FindAsync(string cvr, string name, CancellationToken cancellationToken) =>
        (await versions.FindAsync(cvr, name, cancellationToken))?.RuleSet ?? (name == RuleVersions.Current ? new RuleSet([]) : null);
}
