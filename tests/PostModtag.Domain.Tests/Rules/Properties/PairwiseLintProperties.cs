using CsCheck;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Domain.Tests.Rules.Properties;

/// <summary>Lint compares few of the many pairs of rules. It finds what comparing each with each does, which is written down here.</summary>
public sealed class PairwiseLintProperties
{
    [Fact]
    public void A_rule_is_shadowed_by_the_first_of_all_earlier_ones_that_take_all_it_would() => Agree(LintCode.Shadowed, Shadows, (expected, found) =>
        found.ShouldBe(expected.GroupBy(pair => pair.Rule, (_, pairs) => pairs.First())));

    [Fact]
    public void A_rule_overlaps_when_it_does_so_with_any_earlier_one() => Agree(LintCode.Overlap, Overlap, (expected, found) =>
    {
        found.Select(pair => pair.Rule).ShouldBe(expected.Select(pair => pair.Rule).Distinct());
        found.ShouldBeSubsetOf(expected);
    });

    private static void Agree(
        LintCode code, Func<CompiledRule, CompiledRule, bool> isFound, Action<List<(string Rule, string Other)>, List<(string Rule, string Other)>> compare)
    {
        var count = 0;
        Random.RuleSet(14).Sample(set =>
        {
            CompiledRule[] rules = [.. set.InOrder.Where(IsInForce).Select(CompiledRule.Compile)];
            var expected = rules.SelectMany((later, i) => rules.Take(i).Where(earlier => isFound(earlier, later)).Select(earlier => (later.Rule.Name, earlier.Rule.Name))).ToList();
            compare(expected, [.. RuleLint.Check(set, Routing.Day, _ => FagsystemState.Active)
                .Where(finding => finding.Code == code).Select(finding => (finding.Rule!, finding.OtherRule!))]);
            Interlocked.Add(ref count, expected.Count);
        }, iter: 2_000);

        count.ShouldBeGreaterThan(500);
    }

    private static bool Shadows(CompiledRule earlier, CompiledRule later) =>
        (earlier.Rule.ValidFrom ?? DateOnly.MinValue) <= (later.Rule.ValidFrom ?? DateOnly.MinValue)
        && (earlier.Rule.ValidUntil ?? DateOnly.MaxValue) >= (later.Rule.ValidUntil ?? DateOnly.MaxValue)
        && TakesAllOf(earlier, later);

    private static bool Overlap(CompiledRule earlier, CompiledRule later) =>
        earlier.Rule.Fagsystem != later.Rule.Fagsystem
        && Enumerable.Range(0, 3).Select(Routing.Day.AddDays).Any(day => earlier.Rule.IsInForce(day) && later.Rule.IsInForce(day))
        && !ConditionLogic.NeverHold([.. earlier.Tests, .. later.Tests])
        && (earlier.Rule.Priority == later.Rule.Priority || (Fields(earlier).SetEquals(Fields(later)) && !TakesAllOf(earlier, later) && !TakesAllOf(later, earlier)));

    private static bool TakesAllOf(CompiledRule one, CompiledRule other) =>
        one.Tests.All(asked => other.Tests.Any(test => ConditionLogic.Implies(test, asked)));

    private static HashSet<RuleField> Fields(CompiledRule rule) => [.. rule.Tests.Select(test => test.Field)];

    private static bool IsInForce(DistributionRule rule) =>
        rule.IsEnabled && (rule.ValidUntil is null || rule.ValidUntil >= Routing.Day) && !(rule.ValidFrom > rule.ValidUntil);
}
