using CsCheck;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Domain.Tests.Rules.Properties;

/// <summary>Lint compares few of the many pairs of rules. It finds what comparing each with each would find.</summary>
public sealed class PairwiseLintProperties
{
    [Fact]
    public void A_rule_is_shadowed_by_the_first_rule_that_shadows_it_when_the_two_are_alone() => Agree(LintCode.Shadowed, (expected, found) =>
        found.ShouldBe(expected.GroupBy(pair => pair.Rule, (_, pairs) => pairs.First())), atLeast: 500);

    [Fact]
    public void A_rule_overlaps_when_there_is_one_that_it_overlaps_when_the_two_are_alone() => Agree(LintCode.Overlap, (expected, found) =>
    {
        found.Select(pair => pair.Rule).ShouldBe(expected.Select(pair => pair.Rule).Distinct());
        found.ShouldBeSubsetOf(expected);
    }, atLeast: 500);

    private static void Agree(LintCode code, Action<List<(string Rule, string Other)>, List<(string Rule, string Other)>> compare, int atLeast)
    {
        var count = 0;
        Random.RuleSet(14).Sample(set =>
        {
            DistributionRule[] rules = [.. set.InOrder];
            var expected = rules.SelectMany((later, i) => rules.Take(i).SelectMany(earlier => Find(code, set with { Rules = [earlier, later] }))).ToList();
            compare(expected, Find(code, set));
            Interlocked.Add(ref count, expected.Count);
        }, iter: 400);

        count.ShouldBeGreaterThan(atLeast);
    }

    private static List<(string Rule, string Other)> Find(LintCode code, RuleSet set) =>
        [.. RuleLint.Check(set, Routing.Day, _ => FagsystemState.Active).Where(finding => finding.Code == code).Select(finding => (finding.Rule!, finding.OtherRule!))];
}
