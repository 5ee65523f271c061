using PostModtag.Domain.Rules;

namespace PostModtag.Web.Rules;

/// <summary>Moves rules, and changes nothing but the one that is moved, so that the differences show what was done.</summary>
internal static class RuleOrder
{
    private const int Step = 10;

    /// <summary>The rules in the order in which they are asked, as they are kept then.</summary>
    public static List<DistributionRule> Sorted(RuleSet ruleSet) => [.. ruleSet.InOrder];

    /// <summary>A priority for a rule that comes last.</summary>
    public static int Last(IReadOnlyList<DistributionRule> rules) => rules.Count == 0 ? Step : rules[^1].Priority + Step;

    /// <summary>
    /// Moves a rule to a place. It gets a priority between its neighbours'; where there is none, that of the one before, and stands
    /// behind it, for rules of one priority are asked in their order.
    /// </summary>
    public static List<DistributionRule> Move(IReadOnlyList<DistributionRule> sorted, int from, int to)
    {
        var rules = sorted.ToList();
        if (from < 0 || from >= rules.Count || to < 0 || to >= rules.Count || from == to)
            return rules;
        var moved = rules[from];
        rules.RemoveAt(from);
        int? before = to > 0 ? rules[to - 1].Priority : null;
        int? after = to < rules.Count ? rules[to].Priority : null;
        rules.Insert(to, moved with { Priority = Between(before, after) });
        return rules;
    }

    private static int Between(int? before, int? after) => (before, after) switch
    {
        ({ } low, { } high) => high - low > 1 ? low + (high - low) / 2 : low,
        ({ } low, null) => low + Step,
        (null, { } high) => high > 1 ? high / 2 : high,
        _ => Step,
    };
}
