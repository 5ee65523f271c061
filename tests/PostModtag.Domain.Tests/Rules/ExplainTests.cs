using PostModtag.Domain.Rules;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

public sealed class ExplainTests
{
    private static readonly RoutedMessage Roads = WithSubjectKey("05.01.02");

    [Fact]
    public void An_explanation_tells_each_rule_that_was_tried_up_to_the_one_that_took_the_message()
    {
        var explanation = Explain(
            Rule("skole", 1, "a", Where("ContentData/KLEdata/subjectKey", Under, "17")),
            Rule("slukket", 2, "b") with { IsEnabled = false },
            Rule("vej", 3, "c", Where("ContentData/KLEdata/subjectKey", Under, "05"), Where("Sender/idType", EqualTo, "CPR")),
            Rule("resten", 4, "d"));

        explanation.Decision.Rule.ShouldBe("vej");
        explanation.Tried.Select(tried => (tried.Rule, tried.IsInForce, tried.Takes)).ShouldBe(
            [("skole", true, false), ("slukket", false, false), ("vej", true, true)]);
    }

    [Fact]
    public void It_tells_which_condition_held_and_what_the_message_has_in_its_field()
    {
        var tried = Explain(Rule("vej", 1, "a",
            Where("ContentData/KLEdata/subjectKey", Under, "05"), Where("Sender/idType", EqualTo, "CVR"), Where("messageCode", Exists).Not())).Tried.ShouldHaveSingleItem();

        tried.Takes.ShouldBeFalse();
        tried.Conditions.Select(condition => condition.Held).ShouldBe([true, false, true]);
        tried.Conditions.Select(condition => string.Join(";", condition.Values)).ShouldBe(["05.01.02", "CPR", ""]);
    }

    [Fact]
    public void When_no_rule_takes_the_message_all_were_tried()
    {
        var explanation = Explain(Rule("en", 1, "a", Where("label", Contains, "findes ikke")), Rule("to", 2, "b", Where("messageCode", Exists)));

        explanation.Decision.Basis.ShouldBe(RoutingBasis.Rejected);
        explanation.Tried.Select(tried => tried.Takes).ShouldBe([false, false]);
    }

    [Fact]
    public void It_prints_no_value_of_the_message()
    {
        var condition = Explain(Rule("vej", 1, "a", Where("Sender/senderID", Exists))).Tried[0].Conditions[0];

        condition.Values.ShouldBe(["0113701234"]);
        condition.ToString().ShouldBe("Sender/senderID exists: True");
        Roads.ToString().ShouldBe("RoutedMessage");
    }

    private static RoutingExplanation Explain(params DistributionRule[] rules) => Router.Compile(new RuleSet(rules)).Explain(Roads, Day, _ => null);
}
