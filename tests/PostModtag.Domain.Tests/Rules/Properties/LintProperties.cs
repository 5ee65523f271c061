using CsCheck;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Domain.Tests.Rules.Properties;

/// <summary>What lint says of rules without any message is true of every message.</summary>
public sealed class LintProperties
{
    private static readonly DateOnly[] Days = [Routing.Day.AddDays(-1), Routing.Day, Routing.Day.AddDays(1)];

    private static readonly Gen<(Condition One, Condition Other)> PairOnAField =
        Gen.OneOf([.. MessageFacts.Fields]).SelectMany(field => Gen.Select(Random.On(field), Random.On(field), (one, other) => (one, other)));

    [Fact]
    public void A_rule_that_lint_calls_shadowed_never_decides()
    {
        var shadowed = 0;
        Gen.Select(Random.RuleSet(8), Random.Message.Array[40]).Sample((set, messages) =>
        {
            var named = Named(LintCode.Shadowed, set);
            Interlocked.Add(ref shadowed, named.Count);
            if (named.Count == 0)
                return;
            foreach (var day in Days)
            {
                foreach (var facts in messages)
                    named.ShouldNotContain(NaiveRouter.First(set, facts, day));
            }
        }, iter: 3_000);

        shadowed.ShouldBeGreaterThan(500);
    }

    /// <summary>Two conditions on the same field: what follows from them is asked of many messages.</summary>
    [Fact]
    public void A_condition_that_lint_says_follows_from_another_does()
    {
        var implied = 0;
        Gen.Select(PairOnAField, Random.Message.Array[60]).Sample((pair, messages) =>
        {
            var set = new RuleSet([Routing.Rule("en", 1, "a", pair.One), Routing.Rule("to", 2, "b", pair.Other)]);
            if (Named(LintCode.Shadowed, set).Count == 0)
                return;
            Interlocked.Increment(ref implied);
            foreach (var facts in messages)
                (NaiveRouter.Holds(pair.Other, facts) && !NaiveRouter.Holds(pair.One, facts)).ShouldBeFalse();
        }, iter: 8_000);

        implied.ShouldBeGreaterThan(400);
    }

    [Fact]
    public void Conditions_that_lint_calls_contradictory_never_hold_together()
    {
        var contradictory = 0;
        Gen.Select(PairOnAField, Random.Condition, Random.Message.Array[60]).Sample((pair, third, messages) =>
        {
            var rule = Routing.Rule("en", 1, "a", pair.One, third, pair.Other);
            if (Named(LintCode.Contradiction, new RuleSet([rule])).Count == 0)
                return;
            Interlocked.Increment(ref contradictory);
            foreach (var facts in messages)
                NaiveRouter.First(new RuleSet([rule]), facts, Routing.Day).ShouldBeNull();
        }, iter: 8_000);

        contradictory.ShouldBeGreaterThan(400);
    }

    private static List<string> Named(LintCode code, RuleSet set) =>
        [.. RuleLint.Check(set, Routing.Day, _ => FagsystemState.Active).Where(finding => finding.Code == code).Select(finding => finding.Rule!)];
}
