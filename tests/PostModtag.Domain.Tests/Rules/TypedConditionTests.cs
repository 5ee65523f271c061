using PostModtag.Domain.Rules;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>What each operator asks of a number, a date, a moment, a UUID and a boolean.</summary>
public sealed class TypedConditionTests
{
    private const string Forwarded = "f0000000-0000-4000-8000-00000000000a";

    private static readonly RoutedMessage Letter = Message("""
        <memo:ForwardData>
          <memo:messageUUID>f0000000-0000-4000-8000-00000000000A</memo:messageUUID>
          <memo:originalMessageDateTime>2026-03-02T09:15:00Z</memo:originalMessageDateTime>
          <memo:originalSender>Ida Opdigtet</memo:originalSender>
        </memo:ForwardData>
        <memo:doNotDeliverUntilDate>2026-03-10</memo:doNotDeliverUntilDate>
        <memo:mandatory>true</memo:mandatory>
        <memo:ContentData><grd:ProductionUnit xmlns:grd="https://data.gov.dk/model/core/">
          <grd:productionUnitNumber>9990000017</grd:productionUnitNumber>
        </grd:ProductionUnit></memo:ContentData>
        """);

    [Theory]
    [InlineData(EqualTo, "9990000017", true)]
    [InlineData(EqualTo, " 09990000017.0 ", true)]
    [InlineData(EqualTo, "9990000018", false)]
    [InlineData(Greater, "9990000016", true)]
    [InlineData(Greater, "9990000016.5", true)]
    [InlineData(Greater, "9990000017", false)]
    [InlineData(Greater, "10", true)]
    [InlineData(Less, "9990000018", true)]
    [InlineData(Less, "9990000017", false)]
    [InlineData(Less, "99900000171", true)]
    [InlineData(Less, "-1", false)]
    public void A_number_is_compared_as_a_number(ConditionOperator @operator, string value, bool takes)
    {
        Takes(Letter, Where("ContentData/ProductionUnit/productionUnitNumber", @operator, value)).ShouldBe(takes);
        Takes(Letter, Where("ContentData/ProductionUnit/productionUnitNumber", @operator, value).Not()).ShouldBe(!takes);
    }

    [Theory]
    [InlineData(EqualTo, "1.2", true)]
    [InlineData(EqualTo, "1.20", true)]
    [InlineData(EqualTo, "1.1", false)]
    [InlineData(Greater, "1.1", true)]
    [InlineData(Less, "1.2", false)]
    public void A_decimal_number_is_compared_as_a_number(ConditionOperator @operator, string value, bool takes) =>
        Takes(Letter, Where("@memoVersion", @operator, value)).ShouldBe(takes);

    [Theory]
    [InlineData(EqualTo, "2026-03-10", true)]
    [InlineData(EqualTo, "2026-03-11", false)]
    [InlineData(Greater, "2026-03-09", true)]
    [InlineData(Greater, "2026-03-10", false)]
    [InlineData(Less, "2026-12-01", true)]
    [InlineData(Less, "2026-03-10", false)]
    public void A_date_is_compared_as_a_day(ConditionOperator @operator, string value, bool takes) =>
        Takes(Letter, Where("doNotDeliverUntilDate", @operator, value)).ShouldBe(takes);

    [Theory]
    [InlineData(EqualTo, "2026-03-02T09:15:00Z", true)]
    [InlineData(EqualTo, "2026-03-02T10:15:00.000+01:00", true)]
    [InlineData(EqualTo, "2026-03-02T09:15Z", true)]
    [InlineData(EqualTo, "2026-03-02T09:15:01Z", false)]
    [InlineData(Greater, "2026-03-02", true)]
    [InlineData(Greater, "2026-03-02T09:14:59.9Z", true)]
    [InlineData(Greater, "2026-03-02T09:15:00Z", false)]
    [InlineData(Less, "2026-03-02T09:15:00.001", true)]
    [InlineData(Less, "2026-03-02T10:15:00+01:00", false)]
    public void A_moment_is_compared_as_a_moment_in_UTC_unless_it_says_otherwise(ConditionOperator @operator, string value, bool takes) =>
        Takes(Letter, Where("ForwardData/originalMessageDateTime", @operator, value)).ShouldBe(takes);

    [Theory]
    [InlineData(Forwarded, true)]
    [InlineData("F0000000-0000-4000-8000-00000000000A", true)]
    [InlineData(" f0000000-0000-4000-8000-00000000000a ", true)]
    [InlineData("f0000000-0000-4000-8000-00000000000b", false)]
    public void A_UUID_is_the_same_in_any_letter_case(string value, bool takes)
    {
        Takes(Letter, Where("ForwardData/messageUUID", EqualTo, value)).ShouldBe(takes);
        Takes(Letter, Where("ForwardData/messageUUID", EqualTo, value).CaseSensitive()).ShouldBe(takes);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    public void A_boolean_is_true_or_false_in_any_letter_case(string value, bool takes)
    {
        Takes(Letter, Where("mandatory", EqualTo, value)).ShouldBe(takes);
        Takes(Letter, Where("legalNotification", EqualTo, value)).ShouldBe(!takes);
    }

    [Theory]
    [InlineData("ContentData/ProductionUnit/productionUnitNumber", true)]
    [InlineData("doNotDeliverUntilDate", true)]
    [InlineData("ForwardData/originalMessageDateTime", true)]
    [InlineData("ForwardData/messageUUID", true)]
    [InlineData("mandatory", true)]
    [InlineData("replyByDateTime", false)]
    [InlineData("Sender/AttentionData/ProductionUnit/productionUnitNumber", false)]
    public void Whether_it_exists_can_be_asked_of_every_kind(string field, bool exists) =>
        Takes(Letter, Where(field, Exists)).ShouldBe(exists);

    [Fact]
    public void Of_several_bounds_any_suffices()
    {
        Takes(Letter, Where("@memoVersion", Greater, "1", "9")).ShouldBeTrue();
        Takes(Letter, Where("@memoVersion", Less, "1", "9")).ShouldBeTrue();
        Takes(Letter, Where("@memoVersion", EqualTo, "1", "1.2")).ShouldBeTrue();
        Takes(Letter, Where("@memoVersion", Greater, "8", "9")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ContentData/ProductionUnit/productionUnitNumber", Contains)]
    [InlineData("doNotDeliverUntilDate", StartsWith)]
    [InlineData("ForwardData/messageUUID", Greater)]
    [InlineData("ForwardData/originalMessageDateTime", Under)]
    [InlineData("mandatory", Less)]
    [InlineData("label", Greater)]
    [InlineData("size", Matches)]
    public void An_operator_that_does_not_go_with_the_kind_of_value_cannot_be_asked(string field, ConditionOperator @operator) =>
        Should.Throw<ArgumentException>(() => Takes(Letter, Where(field, @operator, "1")));

    [Theory]
    [InlineData("size", "mange")]
    [InlineData("size", "1,5")]
    [InlineData("doNotDeliverUntilDate", "10-03-2026")]
    [InlineData("doNotDeliverUntilDate", "2026-02-30")]
    [InlineData("ForwardData/originalMessageDateTime", "09:15")]
    [InlineData("ForwardData/originalMessageDateTime", "2026-03-02 kl. 9")]
    [InlineData("ForwardData/messageUUID", "f0000000")]
    [InlineData("mandatory", "ja")]
    public void A_value_of_another_kind_cannot_be_asked_for(string field, string value) =>
        Should.Throw<ArgumentException>(() => Takes(Letter, Where(field, EqualTo, value)));
}
