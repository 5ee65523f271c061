using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules.Lint;

/// <summary>What lint says of a condition by itself: each finding, and what only nearly is one.</summary>
public sealed class ConditionLintTests
{
    private const string SubjectKey = "ContentData/KLEdata/subjectKey";
    private const string TaskKey = "ContentData/FORMdata/taskKey";

    [Fact]
    public void A_field_that_there_is_not()
    {
        Linting.Of(Where("Sender/senderId", EqualTo, "1")).ShouldBe([LintCode.UnknownField]);
        Linting.Of(Where("Sender/senderID", EqualTo, "1")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(EqualTo, new string[0], true)]
    [InlineData(EqualTo, new[] { "a" }, false)]
    [InlineData(Exists, new[] { "a" }, true)]
    [InlineData(Exists, new string[0], false)]
    public void Values_where_none_belong_and_none_where_some_must(ConditionOperator @operator, string[] values, bool isFound) =>
        Linting.Of(Where("label", @operator, values)).ShouldBe(isFound ? [LintCode.WrongNumberOfValues] : []);

    [Theory]
    [InlineData("label", Greater, true)]
    [InlineData("size", Greater, false)]
    [InlineData("size", Contains, true)]
    [InlineData("label", Contains, false)]
    public void An_operator_that_does_not_go_with_the_field(string field, ConditionOperator @operator, bool isFound) =>
        Linting.Of(Where(field, @operator, "1")).ShouldBe(isFound ? [LintCode.OperatorNotForField] : []);

    [Theory]
    [InlineData("size", EqualTo, "stor", true)]
    [InlineData("size", EqualTo, "100", false)]
    [InlineData("replyByDateTime", Less, "i morgen", true)]
    [InlineData("replyByDateTime", Less, "2026-11-23T10:00Z", false)]
    [InlineData("label", StartsWith, "", true)]
    [InlineData("label", EqualTo, "", false)]
    [InlineData("label", Under, ".", true)]
    [InlineData("label", Matches, "(a", true)]
    [InlineData("label", Matches, "(?=a)", true)]
    [InlineData("label", Matches, "(?:a)", false)]
    [InlineData("mandatory", EqualTo, "ja", true)]
    [InlineData("mandatory", EqualTo, "TRUE", false)]
    [InlineData("messageType", EqualTo, "EMAIL", true)]
    [InlineData("messageType", EqualTo, "nemsms", false)]
    [InlineData("messageType", StartsWith, "DP", true)]
    [InlineData("messageType", Matches, "^(NEM|DIGITAL)", false)]
    [InlineData("kind", EqualTo, "ny", true)]
    [InlineData("kind", EqualTo, "new", false)]
    public void A_value_that_the_field_cannot_have(string field, ConditionOperator @operator, string value, bool isFound) =>
        Linting.Of(Where(field, @operator, value)).ShouldBe(isFound ? [LintCode.IllFormedValue] : []);

    [Fact]
    public void A_value_that_the_field_can_only_have_in_other_letter_case()
    {
        Linting.Of(Where("messageType", EqualTo, "nemsms").CaseSensitive()).ShouldBe([LintCode.IllFormedValue]);
        Linting.Of(Where("messageType", EqualTo, "NEMSMS").CaseSensitive()).ShouldBeEmpty();
    }

    [Fact]
    public void A_regular_expression_that_cannot_be_used_is_told_why_in_general()
    {
        var finding = Linting.Check(Rule("regel", 1, "a", Where("label", Matches, @"(a)\1"))).ShouldHaveSingleItem();

        finding.IsError.ShouldBeTrue();
        finding.Text.English.ShouldBe(@"(a)\1 is not a regular expression that can be used: it is ill-formed, or it looks ahead or behind, "
            + "refers back to a group or holds on to one, and could then run away. Write it without.");
    }

    [Theory]
    [InlineData("label", EqualTo, 257, true)]
    [InlineData("label", Contains, 257, true)]
    [InlineData("label", EqualTo, 256, false)]
    [InlineData("label", Matches, 257, false)]
    [InlineData("ContentData/MotorVehicle/licenseNumber", StartsWith, 8, true)]
    [InlineData("ContentData/MotorVehicle/licenseNumber", StartsWith, 7, false)]
    [InlineData("Recipient/ContactPoint/ContactInfo[Bil]/value", EqualTo, 257, true)]
    public void A_value_that_is_longer_than_the_field(string field, ConditionOperator @operator, int length, bool isFound) =>
        Linting.Of(Where(field, @operator, new string('a', length))).ShouldBe(isFound ? [LintCode.ValueTooLong] : []);

    [Theory]
    [InlineData(SubjectKey, Under, "27.12", false)]
    [InlineData(SubjectKey, Under, "27.12.", false)]
    [InlineData(SubjectKey, EqualTo, "27.12.06", false)]
    [InlineData(SubjectKey, EqualTo, "27.12.06.10", true)]
    [InlineData(SubjectKey, Under, "27.123", true)]
    [InlineData(SubjectKey, EqualTo, "KLE 27", true)]
    [InlineData(SubjectKey, StartsWith, "27.1", false)]
    [InlineData(TaskKey, EqualTo, "54.10.05.10", false)]
    [InlineData(TaskKey, Under, "54", false)]
    [InlineData(TaskKey, EqualTo, "54.10.05.10.11", true)]
    [InlineData(TaskKey, EqualTo, "54.1", true)]
    public void A_key_that_is_not_written_as_groups_of_two_digits(string field, ConditionOperator @operator, string value, bool isFound) =>
        Linting.Of(Where(field, @operator, value)).ShouldBe(isFound ? [LintCode.KeyForm] : []);

    [Theory]
    [InlineData("ContentData/CPRdata/cprNumber", EqualTo, "011370-1234", true)]
    [InlineData("ContentData/CPRdata/cprNumber", EqualTo, "0113701234", false)]
    [InlineData("ContentData/CPRdata/cprNumber", StartsWith, "0113", false)]
    [InlineData("ContentData/CVRdata/cvrNumber", EqualTo, "9000001", true)]
    [InlineData("ContentData/CVRdata/cvrNumber", EqualTo, "90000010", false)]
    [InlineData("ContentData/CVRdata/cvrNumber", Contains, "9000", false)]
    [InlineData("Sender/senderID", EqualTo, "9000001", false)]
    public void A_number_that_does_not_have_its_digits(string field, ConditionOperator @operator, string value, bool isFound) =>
        Linting.Of(Where(field, @operator, value)).ShouldBe(isFound ? [LintCode.NumberForm] : []);

    [Fact]
    public void Each_condition_and_each_value_is_looked_at_and_the_finding_tells_which_condition()
    {
        var findings = Linting.Check(Rule("regel", 1, "a", Where("label", Exists), Where(SubjectKey, EqualTo, "1", "27.12.06", "2"), Where("findes ikke", Exists)));

        findings.Select(finding => (finding.Code, finding.Rule, finding.Condition)).ShouldBe(
            [(LintCode.UnknownField, "regel", 2), (LintCode.KeyForm, "regel", 1), (LintCode.KeyForm, "regel", 1)]);
    }
}
