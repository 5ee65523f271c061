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
/// <param name="WhenUndecided">What the sender is told when the fagsystem does not decide.</param>
public sealed record RuleSet(IReadOnlyList<DistributionRule> Rules, bool RepliesFindHome = true, string? Otherwise = null, WhenUndecided WhenUndecided = WhenUndecided.Resend)
{
    /// <summary>The words of rule files and of comparisons.</summary>
    public static IReadOnlyDictionary<WhenUndecided, string> WhenUndecidedWords { get; } =
        new Dictionary<WhenUndecided, string> { [WhenUndecided.Resend] = "resend", [WhenUndecided.Hold] = "hold" };

    /// <summary>The rules in the order they are asked in.</summary>
    public IEnumerable<DistributionRule> InOrder => Rules.OrderBy(rule => rule.Priority);
}

/// <summary>What the sender of a message is told when its fagsystem does not decide.</summary>
public enum WhenUndecided
{
    /// <summary>To send it again: 503 with Retry-After.</summary>
    Resend,

    /// <summary>That it is taken and not finished, <c>RECEIVED</c>: this server keeps asking the fagsystem, and relays the final receipt.</summary>
    Hold,
}
