namespace PostModtag.Domain.Rules.Lint;

/// <summary>
/// Finds rules that can take the same message as an earlier one and send it elsewhere, where the one is not merely the
/// exception to the other: they have the same priority, or they ask for the same fields and neither takes all that the
/// other would.
/// </summary>
/// <param name="today">What would overlap only in days gone by does not count.</param>
internal sealed class Overlaps(DateOnly today)
{
    /// <summary>Pairs that are looked at closely; enough for ten thousand rules that are not all alike.</summary>
    private const int MostPairs = 100_000;

    private int _pairs;

    /// <summary>Whether all pairs were compared that had to be.</summary>
    public bool IsComplete => _pairs <= MostPairs;

    /// <summary>The later rules, each with one earlier that it overlaps.</summary>
    /// <param name="rules">The rules in the order they are asked in.</param>
    public IEnumerable<(CompiledRule Rule, CompiledRule Other)> Find(CompiledRule[] rules)
    {
        var alikeInPriority = rules.GroupBy(rule => rule.Rule.Priority).ToDictionary(alike => alike.Key, alike => new OverlapCandidates(alike));
        var alikeInFields = rules.GroupBy(Fields).ToDictionary(alike => alike.Key, alike => new OverlapCandidates(alike));
        foreach (var rule in rules)
        {
            var (ofPriority, ofFields) = (alikeInPriority[rule.Rule.Priority], alikeInFields[Fields(rule)]);
            var other = ofPriority.Earlier(rule).FirstOrDefault(earlier => Overlap(earlier, rule))
                ?? ofFields.Earlier(rule).FirstOrDefault(earlier => earlier.Rule.Priority != rule.Rule.Priority && Overlap(earlier, rule) && !IsException(earlier, rule));
            if (!IsComplete)
                yield break;
            if (other is not null)
                yield return (rule, other);
            ofPriority.Add(rule);
            ofFields.Add(rule);
        }
    }

    private bool Overlap(CompiledRule one, CompiledRule other) =>
        one.Rule.Fagsystem != other.Rule.Fagsystem
        && ShareADay(one.Rule, other.Rule)
        && ++_pairs <= MostPairs
        && !ConditionLogic.NeverHold([.. one.Tests, .. other.Tests]);

    private static bool IsException(CompiledRule one, CompiledRule other) =>
        ConditionLogic.Implies(one.Tests, other.Tests) || ConditionLogic.Implies(other.Tests, one.Tests);

    private bool ShareADay(DistributionRule one, DistributionRule other)
    {
        var from = new[] { one.ValidFrom ?? today, other.ValidFrom ?? today, today }.Max();
        return !(one.ValidUntil < from) && !(other.ValidUntil < from);
    }

    private static string Fields(CompiledRule rule) => string.Join('\n', rule.Tests.Select(test => test.Field.Name).Distinct().Order(StringComparer.Ordinal));
}
