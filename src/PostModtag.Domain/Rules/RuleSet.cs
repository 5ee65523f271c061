namespace PostModtag.Domain.Rules;

/// <summary>
/// A rule set (regelsæt) of an authority, as it is edited, published and kept: the rules, and what happens to a message
/// that none of them takes.
/// </summary>
/// <param name="Rules">The rules.</param>
/// <param name="RepliesFindHome">
/// Whether a reply whose generatingSystemID or caseSystem names a registered fagsystem goes there before the rules are asked.
/// </param>
/// <param name="Otherwise">The key of the fagsystem for a message that no rule takes; null to reject it.</param>
public sealed record RuleSet(IReadOnlyList<DistributionRule> Rules, bool RepliesFindHome = true, string? Otherwise = null)
{
    /// <summary>The rules in the order they are asked in.</summary>
    public IEnumerable<DistributionRule> InOrder => Rules.OrderBy(rule => rule.Priority);
}
