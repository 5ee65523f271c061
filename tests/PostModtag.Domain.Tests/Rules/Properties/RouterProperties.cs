using CsCheck;
using PostModtag.Domain.Rules;

namespace PostModtag.Domain.Tests.Rules.Properties;

/// <summary>However the router finds it, the first rule that takes a message decides.</summary>
public sealed class RouterProperties
{
    [Fact]
    public void The_router_decides_as_a_plain_loop_over_few_rules() => Agree(rules: 6, iterations: 6_000);

    [Fact]
    public void The_router_decides_as_a_plain_loop_over_many_rules() => Agree(rules: 120, iterations: 400);

    private static void Agree(int rules, int iterations)
    {
        var (decided, undecided) = (0, 0);
        Gen.Select(Random.RuleSet(rules), Random.Message.Array[8], Gen.Int[-1, 1]).Sample((set, messages, days) =>
        {
            var (router, day) = (Router.Compile(set), Routing.Day.AddDays(days));
            foreach (var facts in messages)
            {
                var message = facts.Message();
                var expected = NaiveRouter.First(set, facts, day);
                var decision = router.Route(message, day, _ => null);

                decision.Rule.ShouldBe(expected);
                decision.Fagsystem.ShouldBe(expected is null ? set.Otherwise : set.Rules.Single(rule => rule.Name == expected).Fagsystem);
                Interlocked.Increment(ref expected is null ? ref undecided : ref decided);

                var explanation = router.Explain(message, day, _ => null);
                explanation.Decision.ShouldSay(decision);
                explanation.Tried.Count(tried => tried.Takes).ShouldBe(expected is null ? 0 : 1);
                foreach (var condition in explanation.Tried.SelectMany(tried => tried.Conditions))
                    condition.Held.ShouldBe(NaiveRouter.Holds(condition.Condition, facts), condition.ToString());
            }
        }, iter: iterations);

        Math.Min(decided, undecided).ShouldBeGreaterThan(iterations / 10, "random rules must both take and leave messages");
    }
}
