using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Rules;

/// <summary>What editing an authority's rules begins with: its draft, or else the rules that count, or else none.</summary>
/// <param name="Authority">The authority.</param>
/// <param name="RuleSet">The rules.</param>
public sealed record Draft(AuthorityRules Authority, RuleSet RuleSet)
{
    /// <summary>Whether there is a draft.</summary>
    public bool IsSaved => Authority.Draft is not null;

    /// <summary>Reads it.</summary>
    internal static async Task<Draft> ReadAsync(ISetupStore store, string cvr, CancellationToken cancellationToken)
    {
        var authority = await store.FindAuthorityAsync(cvr, cancellationToken) ?? AuthorityRules.For(cvr);
        var version = await new RuleVersions(store).FindAsync(cvr, RuleVersions.Draft, cancellationToken);
        return new Draft(authority, version?.RuleSet ?? new RuleSet([]));
    }
}
