using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules.Lint;

public sealed class ShadowTests
{
    private const string Key = "ContentData/KLEdata/subjectKey";

    private static readonly DistributionRule Wide = Rule("bred", 1, "a", Where(Key, Under, "27"));
    private static readonly DistributionRule Narrow = Rule("smal", 2, "a", Where(Key, EqualTo, "27.12.06", "27.13"), Where("label", Contains, "klage"));

    [Fact]
    public void A_rule_that_an_earlier_one_leaves_nothing_to_is_shadowed_by_it()
    {
        var finding = Linting.Check(Wide, Narrow).ShouldHaveSingleItem();

        (finding.Code, finding.Rule, finding.OtherRule, finding.IsError).ShouldBe((LintCode.Shadowed, "smal", "bred", false));
        finding.Text.Danish.ShouldBe("Reglen bred kommer først og tager alt, hvad denne ville tage. Flyt denne op, eller fjern den.");
    }

    [Fact]
    public void The_exception_before_the_rule_is_not() => Shadowed(Narrow with { Priority = 1 }, Wide with { Priority = 2 }).ShouldBeEmpty();

    [Fact]
    public void A_rule_of_which_the_earlier_one_leaves_something_is_not()
    {
        Shadowed(Wide, Narrow with { Conditions = [Where(Key, EqualTo, "27.12", "28.01")] }).ShouldBeEmpty();
        Shadowed(Wide with { Conditions = [.. Wide.Conditions, Where("postType", EqualTo, "MYNDIGHEDSPOST")] }, Narrow).ShouldBeEmpty();
        Shadowed(Wide with { Conditions = [Where(Key, Under, "27").CaseSensitive()] }, Narrow with { Conditions = [Where(Key, Under, "27.a")] }).ShouldBeEmpty();
    }

    [Fact]
    public void A_catch_all_shadows_everything_after_it()
    {
        var all = Rule("alt", 1, "a");

        Shadowed(all, Wide with { Priority = 2 }, Narrow with { Priority = 3 }).ShouldBe(["bred", "smal"]);
        Shadowed(Wide, Narrow with { Conditions = [Where("label", Exists)] }, all with { Priority = 9 }).ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_is_only_shadowed_when_the_earlier_one_counts_on_all_its_days()
    {
        Shadowed(Wide with { ValidUntil = Day.AddDays(9) }, Narrow).ShouldBeEmpty();
        Shadowed(Wide with { ValidUntil = Day.AddDays(9) }, Narrow with { ValidUntil = Day.AddDays(8) }).ShouldBe(["smal"]);
        Shadowed(Wide with { ValidFrom = Day }, Narrow with { ValidUntil = Day.AddDays(8) }).ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_that_is_switched_off_or_over_neither_shadows_nor_is_shadowed()
    {
        Shadowed(Wide with { IsEnabled = false }, Narrow).ShouldBeEmpty();
        Shadowed(Wide, Narrow with { IsEnabled = false }).ShouldBeEmpty();
        Shadowed(Wide, Narrow with { ValidUntil = Day.AddDays(-1) }).ShouldBeEmpty();
    }

    [Fact]
    public void Ten_thousand_rules_are_looked_over_and_the_one_slip_among_them_is_found()
    {
        var rules = Enumerable.Range(0, 10_000).Select(i => Rule($"r{i}", i, "a", Where(Key, Under, $"{i / 1_000:00}.{i / 10 % 100:00}.{i % 10:00}"), Where("label", Contains, $"{i}"))).ToList();
        rules[7_500] = rules[7_500] with { Conditions = [.. rules[20].Conditions, Where("kind", EqualTo, "new")] };

        Linting.Check([.. rules]).Select(finding => (finding.Code, finding.Rule, finding.OtherRule)).ShouldBe([(LintCode.Shadowed, "r7500", "r20")]);
    }

    private static string?[] Shadowed(params DistributionRule[] rules) =>
        [.. Linting.Check(rules).Where(finding => finding.Code == LintCode.Shadowed).Select(finding => finding.Rule)];
}
