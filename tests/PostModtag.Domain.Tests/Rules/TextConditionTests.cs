using PostModtag.Domain.Rules;
using PostModtag.Testing;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>What each operator asks of a text.</summary>
public sealed class TextConditionTests
{
    private const string SubjectKey = "ContentData/KLEdata/subjectKey";

    private static readonly RoutedMessage Application = Message(new TestMemo { Label = "Ansøgning om byggetilladelse" });

    [Theory]
    [InlineData(EqualTo, "Ansøgning om byggetilladelse", true)]
    [InlineData(EqualTo, "ANSØGNING OM BYGGETILLADELSE", true)]
    [InlineData(EqualTo, "Ansøgning", false)]
    [InlineData(EqualTo, " Ansøgning om byggetilladelse", false)]
    [InlineData(EqualTo, "", false)]
    [InlineData(StartsWith, "ansøg", true)]
    [InlineData(StartsWith, "Ansøgning om byggetilladelse", true)]
    [InlineData(StartsWith, "Ansøgning om byggetilladelser", false)]
    [InlineData(StartsWith, "bygge", false)]
    [InlineData(Contains, "BYGGE", true)]
    [InlineData(Contains, "tilladelse", true)]
    [InlineData(Contains, "tilladelser", false)]
    [InlineData(Matches, "^ansøgning .* bygge", true)]
    [InlineData(Matches, "[æøå]", true)]
    [InlineData(Matches, "^bygge", false)]
    [InlineData(Matches, "^.{28}$", true)]
    public void A_text_is_asked_without_regard_to_letter_case(ConditionOperator @operator, string value, bool takes) =>
        Takes(Application, Where("label", @operator, value)).ShouldBe(takes);

    [Theory]
    [InlineData(EqualTo, "Ansøgning om byggetilladelse", true)]
    [InlineData(EqualTo, "ansøgning om byggetilladelse", false)]
    [InlineData(StartsWith, "Ansøg", true)]
    [InlineData(StartsWith, "ANSØG", false)]
    [InlineData(Contains, "bygge", true)]
    [InlineData(Contains, "Bygge", false)]
    [InlineData(Matches, "^Ansøgning", true)]
    [InlineData(Matches, "^ansøgning", false)]
    public void Letter_case_counts_where_the_condition_says_so(ConditionOperator @operator, string value, bool takes) =>
        Takes(Application, Where("label", @operator, value).CaseSensitive()).ShouldBe(takes);

    [Theory]
    [InlineData("27.12.06", true)]
    [InlineData("27.12", true)]
    [InlineData("27.12.06.10", true)]
    [InlineData("27.123", false)]
    [InlineData("27.1", false)]
    [InlineData("27", false)]
    [InlineData("127.12", false)]
    [InlineData("", false)]
    public void Under_takes_the_key_itself_and_what_stands_below_it(string key, bool takes)
    {
        Takes(WithSubjectKey(key), Where(SubjectKey, Under, "27.12")).ShouldBe(takes);
        Takes(WithSubjectKey(key), Where(SubjectKey, Under, "27.12.")).ShouldBe(takes);
    }

    [Fact]
    public void Under_heeds_letter_case_only_where_the_condition_says_so()
    {
        Takes(WithSubjectKey("g.a.1"), Where(SubjectKey, Under, "G.A")).ShouldBeTrue();
        Takes(WithSubjectKey("g.a.1"), Where(SubjectKey, Under, "G.A").CaseSensitive()).ShouldBeFalse();
        Takes(WithSubjectKey("g.a.1"), Where(SubjectKey, Under, "g.a").CaseSensitive()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(EqualTo, "Klage", "Ansøgning om byggetilladelse")]
    [InlineData(StartsWith, "Klage", "Ans")]
    [InlineData(Contains, "klage", "bygge")]
    [InlineData(Matches, "^klage", "^ans")]
    public void Of_several_values_any_suffices(ConditionOperator @operator, string one, string other)
    {
        Takes(Application, Where("label", @operator, one, other)).ShouldBeTrue();
        Takes(Application, Where("label", @operator, other, one)).ShouldBeTrue();
        Takes(Application, Where("label", @operator, one, one)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(EqualTo, "Ansøgning om byggetilladelse")]
    [InlineData(StartsWith, "Ans")]
    [InlineData(Contains, "bygge")]
    [InlineData(Matches, "^ans")]
    [InlineData(Exists)]
    public void Negated_it_holds_exactly_when_it_would_not_hold_otherwise(ConditionOperator @operator, params string[] values)
    {
        var other = Message(new TestMemo { Label = "" });

        Takes(Application, Where("label", @operator, values)).ShouldBeTrue();
        Takes(Application, Where("label", @operator, values).Not()).ShouldBeFalse();
        Takes(other, Where("label", @operator, values)).ShouldBeFalse();
        Takes(other, Where("label", @operator, values).Not()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(EqualTo, "BYGGESAG")]
    [InlineData(EqualTo, "")]
    [InlineData(Matches, ".*")]
    [InlineData(Exists)]
    public void Of_a_field_that_the_message_does_not_have_nothing_holds_but_the_negation(ConditionOperator @operator, params string[] values)
    {
        Takes(Application, Where("messageCode", @operator, values)).ShouldBeFalse();
        Takes(Application, Where("messageCode", @operator, values).Not()).ShouldBeTrue();
    }

    [Fact]
    public void An_empty_text_can_be_asked_for_and_does_not_exist()
    {
        var empty = Message(new TestMemo { Label = "" });

        Takes(empty, Where("label", EqualTo, "")).ShouldBeTrue();
        Takes(empty, Where("label", Matches, "^$")).ShouldBeTrue();
        Takes(empty, Where("label", Exists)).ShouldBeFalse();
    }

    [Fact]
    public void All_conditions_must_hold()
    {
        var (label, sender) = (Where("label", Contains, "bygge"), Where("Sender/idType", EqualTo, "CPR"));

        Takes(Application, label, sender).ShouldBeTrue();
        Takes(Application, label, sender.Not()).ShouldBeFalse();
        Takes(Application, label.Not(), sender).ShouldBeFalse();
    }
}
