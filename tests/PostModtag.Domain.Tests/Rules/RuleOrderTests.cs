using PostModtag.Domain.Rules;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>Which of several rules decides, and what does when none takes the message.</summary>
public sealed class RuleOrderTests
{
    private static readonly Condition Holds = Where("Sender/idType", EqualTo, "CPR");
    private static readonly Condition Fails = Where("Sender/idType", EqualTo, "CVR");

    [Fact]
    public void The_rule_of_the_first_priority_decides_wherever_it_stands()
    {
        var rules = new RuleSet([Rule("sidst", 30, "c", Holds), Rule("først", 10, "a", Holds), Rule("imellem", 20, "b", Holds)]);

        rules.Route(Message()).ShouldSay(new RoutingDecision(RoutingBasis.Rule, "a", "først", ["Sender/idType equals CPR"]));
    }

    [Fact]
    public void Of_rules_of_equal_priority_the_one_that_stands_first_decides()
    {
        DistributionRule[] rules = [Rule("fejler", 5, "a", Fails), Rule("en", 5, "b", Holds), Rule("to", 5, "c", Holds), Rule("tre", 5, "d")];

        new RuleSet(rules).Route(Message()).Rule.ShouldBe("en");
        new RuleSet([.. Enumerable.Reverse(rules)]).Route(Message()).Rule.ShouldBe("tre");
    }

    [Fact]
    public void A_rule_without_conditions_takes_what_is_left()
    {
        var rules = new RuleSet([Rule("resten", 1_000, "hovedpost"), Rule("virksomheder", 1, "erhverv", Fails)]);

        rules.Route(Message()).ShouldSay(new RoutingDecision(RoutingBasis.Rule, "hovedpost", "resten", []));
    }

    [Fact]
    public void What_no_rule_takes_goes_where_the_set_says_or_is_rejected()
    {
        DistributionRule[] rules = [Rule("virksomheder", 1, "erhverv", Fails)];

        new RuleSet(rules, Otherwise: "hovedpost").Route(Message()).ShouldSay(new RoutingDecision(RoutingBasis.Otherwise, "hovedpost", null, []));
        new RuleSet(rules).Route(Message()).ShouldSay(new RoutingDecision(RoutingBasis.Rejected, null, null, []));
        new RuleSet([]).Route(Message()).Basis.ShouldBe(RoutingBasis.Rejected);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("2026-11-23", "2026-11-23", true)]
    [InlineData("2026-11-24", null, false)]
    [InlineData("2026-11-23", null, true)]
    [InlineData(null, "2026-11-22", false)]
    [InlineData(null, "2026-11-23", true)]
    [InlineData("2026-11-24", "2026-11-22", false)]
    public void A_rule_counts_from_its_first_day_to_its_last(string? from, string? until, bool counts)
    {
        var rule = Rule("juleferie", 1, "vagt", Holds) with { ValidFrom = Parse(from), ValidUntil = Parse(until) };

        new RuleSet([rule, Rule("ellers", 2, "kontor", Holds)]).Route(Message()).Rule.ShouldBe(counts ? "juleferie" : "ellers");
        new RuleSet([rule with { Conditions = [] }]).Route(Message()).Rule.ShouldBe(counts ? "juleferie" : null);
    }

    [Fact]
    public void A_rule_that_is_switched_off_takes_nothing()
    {
        var off = Rule("slukket", 1, "a", Holds) with { IsEnabled = false };

        new RuleSet([off, Rule("tændt", 2, "b", Holds)]).Route(Message()).Rule.ShouldBe("tændt");
        new RuleSet([off with { Conditions = [] }]).Route(Message()).Basis.ShouldBe(RoutingBasis.Rejected);
    }

    [Fact]
    public void The_reasons_are_the_conditions_in_the_words_of_the_rule()
    {
        var rule = Rule("byggesager", 1, "byg", Holds, Where("label", Contains, "tag", "ansøgning"), Where("messageCode", Exists).Not(), Where("size", Less, "9999"));

        new RuleSet([rule]).Route(Message()).Reasons.ShouldBe(
            ["Sender/idType equals CPR", "label contains tag, ansøgning", "not messageCode exists", "size less 9999"]);
    }

    private static DateOnly? Parse(string? day) => day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
