using System.Globalization;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules.Lint;

public sealed class OverlapTests
{
    private const string Key = "ContentData/KLEdata/subjectKey";
    private const string Code = "messageCode";

    [Fact]
    public void Rules_of_equal_priority_that_can_take_the_same_message_and_send_it_to_different_fagsystemer()
    {
        var (keys, codes) = (Rule("nøgler", 5, "a", Where(Key, Under, "27")), Rule("koder", 5, "b", Where(Code, EqualTo, "X")));

        var finding = Linting.Check(keys, codes).ShouldHaveSingleItem();
        (finding.Code, finding.Rule, finding.OtherRule, finding.IsError).ShouldBe((LintCode.Overlap, "koder", "nøgler", false));
        Overlapping(keys, codes with { Priority = 6 }).ShouldBeEmpty();
        Overlapping(keys, codes with { Fagsystem = "a" }).ShouldBeEmpty();
        Overlapping(keys, codes with { Conditions = [Where(Key, Under, "28"), .. codes.Conditions] }).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_of_different_priority_that_ask_for_the_same_fields_and_share_some_values()
    {
        var (one, other) = (Rule("en", 1, "a", Where(Code, EqualTo, "1", "2")), Rule("to", 2, "b", Where(Code, EqualTo, "2", "3")));

        Linting.Check(one, other).ShouldHaveSingleItem().Text.English.ShouldStartWith("The rule en comes first, asks for the same fields");
        Overlapping(one, other with { Conditions = [Where(Code, EqualTo, "3", "4")] }).ShouldBeEmpty();
        Overlapping(one, other with { Conditions = [.. other.Conditions, Where("label", Exists)] }).ShouldBeEmpty();
    }

    [Fact]
    public void The_exception_before_the_rule_is_as_it_should_be()
    {
        Overlapping(Rule("undtagelse", 1, "a", Where(Key, Under, "27.12")), Rule("regel", 2, "b", Where(Key, Under, "27"))).ShouldBeEmpty();
        Overlapping(Rule("undtagelse", 1, "a", Where(Key, Under, "27.12")), Rule("resten", 2, "b")).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_that_never_count_on_the_same_day_do_not_overlap()
    {
        var (now, then) = (Rule("nu", 1, "a", Where(Code, Exists)), Rule("da", 1, "b", Where(Code, Exists)));

        Overlapping(now, then).ShouldBe(["da"]);
        Overlapping(now with { ValidUntil = Day }, then with { ValidFrom = Day.AddDays(1) }).ShouldBeEmpty();
        Overlapping(now with { ValidUntil = Day }, then with { ValidFrom = Day }).ShouldBe(["da"]);
        Overlapping(now with { IsEnabled = false }, then).ShouldBeEmpty();
        Overlapping(now, then with { ValidUntil = Day.AddDays(-1) }).ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_is_found_once_however_many_it_overlaps() =>
        Overlapping(Rule("en", 1, "a", Where(Code, Exists)), Rule("to", 1, "b", Where("label", Exists)), Rule("tre", 1, "c", Where(Key, Exists))).ShouldBe(["to", "tre"]);

    [Fact]
    public void Letter_case_does_not_keep_rules_apart_that_it_does_not_count_for()
    {
        Overlapping(Rule("en", 1, "a", Where(Code, EqualTo, "x")), Rule("to", 1, "b", Where(Code, EqualTo, "X"))).ShouldBe(["to"]);
        Overlapping(Rule("en", 1, "a", Where(Code, EqualTo, "x").CaseSensitive()), Rule("to", 1, "b", Where(Code, EqualTo, "X").CaseSensitive())).ShouldBeEmpty();
    }

    [Fact]
    public void When_there_are_too_many_to_compare_them_all_it_says_so()
    {
        // Nothing but comparing them tells intervals apart.
        var alike = Enumerable.Range(0, 460).Select(i => Rule($"r{i}", 1, $"f{i}", Where("size", Greater, Text(2 * i)), Where("size", Less, Text((2 * i) + 1)))).ToArray();
        var apart = Enumerable.Range(0, 460).Select(i => Rule($"r{i}", 1, $"f{i}", Where(Code, EqualTo, Text(i)))).ToArray();

        var finding = Linting.Check(alike).ShouldHaveSingleItem();
        (finding.Code, finding.Rule, finding.IsError).ShouldBe((LintCode.OverlapsNotAllCompared, null, false));
        Linting.Check(alike[..200]).ShouldBeEmpty();
        Linting.Check(apart).ShouldBeEmpty();

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static string?[] Overlapping(params DistributionRule[] rules) =>
        [.. Linting.Check(rules).Where(finding => finding.Code == LintCode.Overlap).Select(finding => finding.Rule)];
}
