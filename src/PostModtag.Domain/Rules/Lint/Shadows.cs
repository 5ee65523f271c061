using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules.Lint;

/// <summary>
/// Finds rules that an earlier one leaves nothing to. A rule that takes all that another would takes a message with
/// that other's own values too, so the rules' index leads to it: only a few pairs are looked at.
/// </summary>
internal static class Shadows
{
    /// <summary>The shadowed rules, each with the first that takes all it would.</summary>
    /// <param name="rules">The rules in the order they are asked in.</param>
    public static IEnumerable<(CompiledRule Rule, CompiledRule By)> Find(CompiledRule[] rules)
    {
        var index = RuleIndex.Build(rules);
        for (var place = 1; place < rules.Length; place++)
        {
            if (index.First(new ShadowSearch(rules[place]), before: place) is { } earlier)
                yield return (rules[place], earlier);
        }
    }

    private readonly struct ShadowSearch(CompiledRule rule) : IRuleSearch
    {
        public void Read(RuleField field, ref FieldValues values)
        {
            foreach (var test in rule.Tests)
            {
                if (test.Witness is { } witness && test.Field.Equals(field))
                    values.Add(witness);
            }
        }

        public bool Takes(CompiledRule earlier) => Covers(earlier.Rule, rule.Rule) && ConditionLogic.Implies(rule.Tests, earlier.Tests);

        private static bool Covers(DistributionRule one, DistributionRule other) =>
            (one.ValidFrom is null || one.ValidFrom <= other.ValidFrom) && (one.ValidUntil is null || one.ValidUntil >= other.ValidUntil);
    }
}
