using PostModtag.Domain.Memo;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests;

/// <summary>How the schema's simple types are read and printed, seen through the model and the catalogue.</summary>
public sealed class MemoValueTests
{
    [Theory]
    [InlineData("2026-03-02")]
    [InlineData("2026-03-02Z")]
    [InlineData("2026-03-02+01:00")]
    [InlineData("2026-03-02-11:00")]
    [InlineData(" 2026-03-02\n")]
    public void A_date_is_the_day_that_was_written_whatever_its_time_zone(string text)
    {
        var message = With($"<memo:doNotDeliverUntilDate>{text}</memo:doNotDeliverUntilDate>");

        message.MessageHeader.DoNotDeliverUntilDate.ShouldBe(new DateOnly(2026, 3, 2));
        Values("MessageHeader/doNotDeliverUntilDate", message).ShouldBe(["2026-03-02"]);
    }

    [Theory]
    [InlineData("2026-03-02T09:15:00Z", "2026-03-02T09:15:00Z")]
    [InlineData("2026-03-02T09:15:00.5Z", "2026-03-02T09:15:00.5Z")]
    [InlineData("2026-03-02T09:15:00.1234567Z", "2026-03-02T09:15:00.1234567Z")]
    [InlineData("2026-03-02T09:15:00.000Z", "2026-03-02T09:15:00Z")]
    [InlineData("\n 2026-03-02T09:15:00Z ", "2026-03-02T09:15:00Z")]
    public void A_time_is_printed_in_UTC_with_as_much_of_a_second_as_was_written(string text, string printed)
    {
        var message = With($"<memo:replyByDateTime>{text}</memo:replyByDateTime>");

        message.MessageHeader.ReplyByDateTime.ShouldNotBeNull().Offset.ShouldBe(TimeSpan.Zero);
        Values("MessageHeader/replyByDateTime", message).ShouldBe([printed]);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData(" 1 ", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("\ttrue\n", true)]
    public void A_boolean_may_be_written_as_a_digit_and_is_printed_as_a_word(string text, bool value)
    {
        var message = With($"<memo:reply>{text}</memo:reply>");

        message.MessageHeader.Reply.ShouldBe(value);
        Values("MessageHeader/reply", message).ShouldBe([value ? "true" : "false"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<memo:reply/>")]
    [InlineData("<memo:reply></memo:reply>")]
    public void A_boolean_that_is_absent_or_empty_has_the_default_of_the_schema(string header)
    {
        var message = With(header);

        message.MessageHeader.Reply.ShouldBeFalse();
        Values("MessageHeader/reply", message).ShouldBe(["false"]);
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("01.2")]
    [InlineData("+1.2")]
    [InlineData(" 1.2 ")]
    [InlineData("1.20")]
    public void A_decimal_number_is_a_number_and_no_text(string version)
    {
        var message = Memos.Model(new TestMemo { MemoVersion = version });

        message.MemoVersion.ShouldBe(1.2m);
        Values("@memoVersion", message).ShouldBe(["1.2"]);
    }

    [Theory]
    [InlineData("5790000000001", 5_790_000_000_001)]
    [InlineData("0000000000017", 17)]
    [InlineData("+17", 17)]
    [InlineData(" 17 ", 17)]
    [InlineData("-17", -17)]
    public void A_whole_number_is_a_number_and_no_text(string text, long value)
    {
        var message = With($"""
            <memo:ContentData><grd:ProductionUnit xmlns:grd="https://data.gov.dk/model/core/">
              <grd:productionUnitNumber>{text}</grd:productionUnitNumber>
            </grd:ProductionUnit></memo:ContentData>
            """);

        message.MessageHeader.ContentData!.ProductionUnit!.ProductionUnitNumber.ShouldBe(value);
        Values("MessageHeader/ContentData/ProductionUnit/productionUnitNumber", message)
            .ShouldBe([value.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
    }

    [Theory]
    [InlineData("8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32")]
    [InlineData("8A8C1F4E-2F5B-4D3A-9C6E-1B7D0E5F4A32")]
    [InlineData("8a8c1f4e-2F5B-4d3a-9C6E-1b7d0e5f4a32")]
    public void A_UUID_is_the_same_in_any_letter_case_and_printed_in_small_letters(string text)
    {
        var message = Memos.Model(new TestMemo { MessageUuid = text });

        message.MessageHeader.MessageUUID.ShouldBe(Guid.Parse("8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32"));
        Values("MessageHeader/messageUUID", message).ShouldBe(["8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32"]);
    }

    [Theory]
    [InlineData("Ansøgning")]
    [InlineData("  med mellemrum  ")]
    [InlineData("")]
    [InlineData("💌")]
    public void A_text_stays_as_it_was_written(string text)
    {
        var message = Memos.Model(new TestMemo { Label = text });

        message.MessageHeader.Label.ShouldBe(text);
        Values("MessageHeader/label", message).ShouldBe([text]);
    }

    private static MemoMessage With(string header) => Memos.Model(new TestMemo { ExtraHeader = header });

    private static IEnumerable<string> Values(string path, MemoMessage message) => MemoFields.Find(path).ShouldNotBeNull().Values(message);
}
