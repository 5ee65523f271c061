using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules.Lint;

/// <summary>What lint says of a rule by itself, and of the set as a whole.</summary>
public sealed class RuleLintTests
{
    private static readonly Condition Roads = Where("ContentData/KLEdata/subjectKey", Under, "05");

    [Fact]
    public void A_sound_set_has_no_findings() =>
        Linting.Check(Rule("veje", 1, "vej", Roads), Rule("breve", 2, "skole", Where("label", Contains, "skole")), Rule("resten", 9, "hovedpost")).ShouldBeEmpty();

    [Theory]
    [InlineData("veje", "Veje", true)]
    [InlineData("veje", " ", true)]
    [InlineData("veje", "veje 2", false)]
    public void A_name_that_another_rule_has_or_none_at_all(string one, string other, bool isFound) =>
        Linting.Check(Rule(one, 1, "vej", Roads), Rule(other, 2, "vej", Where("label", Exists))).Codes().ShouldBe(isFound ? [LintCode.NameNotUnique] : []);

    [Theory]
    [InlineData("ukendt", LintCode.UnknownFagsystem, true)]
    [InlineData("nedlagt", LintCode.RetiredFagsystem, true)]
    [InlineData("pause", LintCode.PausedFagsystem, false)]
    public void A_fagsystem_that_takes_no_messages(string key, LintCode code, bool isError)
    {
        var ofRule = Linting.Check(Rule("veje", 1, key, Roads));
        var ofSet = Linting.Check(new RuleSet([Rule("veje", 1, "vej", Roads)], Otherwise: key));

        ofRule.Select(finding => (finding.Code, finding.Rule, finding.IsError)).ShouldBe([(code, "veje", isError)]);
        ofSet.Select(finding => (finding.Code, finding.Rule, finding.IsError)).ShouldBe([(code, null, isError)]);
    }

    [Fact]
    public void A_period_that_ends_before_it_begins()
    {
        Period(Day, Day.AddDays(-1)).ShouldBe([LintCode.PeriodIsEmpty]);
        Period(Day, Day).ShouldBeEmpty();
    }

    [Fact]
    public void A_period_that_is_over()
    {
        Period(null, Day.AddDays(-1)).ShouldBe([LintCode.PeriodIsOver]);
        Period(null, Day).ShouldBeEmpty();
        Period(Day.AddDays(1), null).ShouldBeEmpty();
    }

    [Fact]
    public void Conditions_that_can_never_hold_together()
    {
        Linting.Of(Roads, Where("ContentData/KLEdata/subjectKey", EqualTo, "06.01")).ShouldBe([LintCode.Contradiction]);
        Linting.Of(Roads, Where("ContentData/KLEdata/subjectKey", Under, "051")).ShouldContain(LintCode.Contradiction);
        Linting.Of(Roads, Roads.Not()).ShouldBe([LintCode.Contradiction]);
        Linting.Of(Roads, Where("ContentData/KLEdata/subjectKey", Exists).Not()).ShouldBe([LintCode.Contradiction]);
        Linting.Of(Where("size", Greater, "100"), Where("size", Less, "100")).ShouldBe([LintCode.Contradiction]);
        Linting.Of(Where("label", EqualTo, "a"), Where("label", EqualTo, "b")).ShouldBe([LintCode.Contradiction]);
        Linting.Of(Where("label", EqualTo, "a"), Where("label", EqualTo, "A")).ShouldBeEmpty();
        Linting.Of(Roads, Where("ContentData/KLEdata/subjectKey", EqualTo, "05.01")).ShouldBeEmpty();
        Linting.Of(Where("size", Greater, "100"), Where("size", Less, "102")).ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_field_with_several_values_two_conditions_can_hold_together_that_no_single_value_meets()
    {
        Linting.Of(Where("fileName", EqualTo, "a"), Where("fileName", EqualTo, "b")).ShouldBeEmpty();
        Linting.Of(Where("fileName", EqualTo, "a"), Where("fileName", EqualTo, "a").Not()).ShouldBe([LintCode.Contradiction]);
    }

    [Fact]
    public void No_rule_for_what_is_left()
    {
        var (roads, rest) = (Rule("veje", 1, "vej", Roads), Rule("resten", 2, "hovedpost"));

        Codes(roads).ShouldBe([LintCode.NoCatchAll]);
        Codes(roads, rest).ShouldBeEmpty();
        Codes(roads, rest with { IsEnabled = false }).ShouldBe([LintCode.NoCatchAll]);
        Codes(roads, rest with { ValidUntil = Day.AddDays(9) }).ShouldBe([LintCode.NoCatchAll]);
        Linting.Check(roads).ShouldBeEmpty();

        static LintCode[] Codes(params DistributionRule[] rules) => Linting.Check(new RuleSet(rules)).Codes();
    }

    [Fact]
    public void Errors_come_first_and_warnings_do_not_stop_a_publication()
    {
        var findings = Linting.Check(new RuleSet([Rule("en", 1, "pause", Roads), Rule("to", 2, "ukendt", Roads)]));

        findings.Codes().ShouldBe([LintCode.UnknownFagsystem, LintCode.PausedFagsystem, LintCode.Shadowed, LintCode.NoCatchAll]);
        findings.Select(finding => finding.IsError).ShouldBe([true, false, false, false]);
    }

    [Fact]
    public void A_rule_that_is_switched_off_has_its_own_errors()
    {
        var off = Rule("slukket", 1, "ukendt", Where("findes ikke", Exists), Where("label", EqualTo, "a")) with { IsEnabled = false };
        var contradicts = Rule("også slukket", 1, "vej", Roads, Roads.Not()) with { IsEnabled = false };

        Linting.Check(off, contradicts).Codes().ShouldBe([LintCode.UnknownFagsystem, LintCode.UnknownField, LintCode.Contradiction], ignoreOrder: true);
    }

    private static LintCode[] Period(DateOnly? from, DateOnly? until) =>
        Linting.Check(Rule("veje", 1, "vej", Roads) with { ValidFrom = from, ValidUntil = until }).Codes();
}
