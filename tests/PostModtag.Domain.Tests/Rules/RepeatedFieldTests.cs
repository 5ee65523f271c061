using PostModtag.Domain.Rules;
using PostModtag.Testing;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>Fields with several values, values that stand beside a name, and fields that are derived from the message.</summary>
public sealed class RepeatedFieldTests
{
    private const string Cpr = "Recipient/ContactPoint/ContactInfo[CPR-nummer]/value";

    private static readonly RoutedMessage Everything = Example("every-element-1.2.xml");
    private static readonly RoutedMessage Replies = Example("reply-several-newest-first-1.2.xml");

    [Theory]
    [InlineData("5a000000-0000-4000-8000-000000000002", true)]
    [InlineData("5a000000-0000-4000-8000-000000000001", true)]
    [InlineData("5a000000-0000-4000-8000-000000000003", false)]
    public void Of_a_field_with_several_values_any_suffices(string system, bool takes)
    {
        Takes(Replies, Where("ReplyData/generatingSystemID", EqualTo, system)).ShouldBe(takes);
        Takes(Replies, Where("ReplyData/generatingSystemID", EqualTo, system).Not()).ShouldBe(!takes);
    }

    [Fact]
    public void Two_conditions_on_a_field_with_several_values_may_be_met_by_different_ones() =>
        Takes(Replies, Where("ReplyData/generatingSystemID", StartsWith, "5a"), Where("ReplyData/generatingSystemID", Matches, "1$"),
            Where("ReplyData/generatingSystemID", Matches, "2$")).ShouldBeTrue();

    [Theory]
    [InlineData(Cpr, "0113701234", true)]
    [InlineData("Recipient/ContactPoint/ContactInfo[cpr-NUMMER]/value", "0113701234", true)]
    [InlineData("MessageHeader/Recipient/ContactPoint/ContactInfo[CPR-nummer]/value", "0113701234", true)]
    [InlineData(Cpr, "BYG-2026-0042", false)]
    [InlineData("Recipient/ContactPoint/ContactInfo[Sagsnummer]/value", "byg-2026-0042", true)]
    [InlineData("Recipient/ContactPoint/ContactInfo[Kundenummer]/value", "K-17", false)]
    [InlineData("Sender/ContactPoint/ContactInfo[Kundenummer]/value", "K-17", true)]
    public void What_a_citizen_typed_is_had_by_its_label(string field, string value, bool takes) =>
        Takes(Everything, Where(field, EqualTo, value)).ShouldBe(takes);

    [Fact]
    public void Additional_content_is_had_by_its_name()
    {
        var message = Message("""
            <memo:ContentData>
              <memo:AdditionalContentData><memo:contentDataName>Skole</memo:contentDataName><memo:contentDataValue>Åskolen</memo:contentDataValue></memo:AdditionalContentData>
              <memo:AdditionalContentData><memo:contentDataName>Klasse</memo:contentDataName><memo:contentDataValue>3.b</memo:contentDataValue></memo:AdditionalContentData>
              <memo:AdditionalContentData><memo:contentDataName>Skole</memo:contentDataName><memo:contentDataValue>Fjordskolen</memo:contentDataValue></memo:AdditionalContentData>
            </memo:ContentData>
            """);

        Takes(message, Where("ContentData/AdditionalContentData[skole]/contentDataValue", EqualTo, "Fjordskolen")).ShouldBeTrue();
        Takes(message, Where("ContentData/AdditionalContentData[Skole]/contentDataValue", EqualTo, "åskolen")).ShouldBeTrue();
        Takes(message, Where("ContentData/AdditionalContentData[Klasse]/contentDataValue", EqualTo, "Åskolen")).ShouldBeFalse();
        Takes(message, Where("ContentData/AdditionalContentData[Klub]/contentDataValue", Exists)).ShouldBeFalse();
        Takes(Message(), Where("ContentData/AdditionalContentData[Skole]/contentDataValue", Exists).Not()).ShouldBeTrue();
    }

    [Fact]
    public void Additional_reply_data_is_had_by_its_label()
    {
        var message = Message("""
            <memo:ReplyData><memo:messageUUID>d0000000-0000-4000-8000-000000000001</memo:messageUUID></memo:ReplyData>
            <memo:ReplyData><memo:messageUUID>d0000000-0000-4000-8000-000000000002</memo:messageUUID>
              <memo:AdditionalReplyData><memo:label>Team</memo:label><memo:value>Vej og park</memo:value></memo:AdditionalReplyData>
            </memo:ReplyData>
            """);

        Takes(message, Where("ReplyData/AdditionalReplyData[Team]/value", StartsWith, "vej")).ShouldBeTrue();
        Takes(message, Where("ReplyData/AdditionalReplyData[Hold]/value", Exists)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("new-letter-citizen-1.2.xml", "new")]
    [InlineData("forwarded-letter-1.2.xml", "forwarded")]
    [InlineData("reply-minimal-1.2.xml", "reply")]
    [InlineData("every-element-1.2.xml", "reply")]
    public void The_kind_is_new_forwarded_or_reply_and_a_reply_that_was_forwarded_is_a_reply(string example, string kind)
    {
        foreach (var other in new[] { "new", "forwarded", "reply" })
            Takes(Example(example), Where("kind", EqualTo, other)).ShouldBe(other == kind, other);
    }

    [Fact]
    public void Files_are_counted_and_had_by_their_types_and_names()
    {
        var message = Message(new TestMemo { Files = { ("tegning.pdf", "application/pdf", [1]), ("foto.PNG", "image/png", [2]) } });

        Takes(message, Where("fileCount", EqualTo, "3")).ShouldBeTrue();
        Takes(message, Where("fileCount", Greater, "3")).ShouldBeFalse();
        Takes(message, Where("fileType", StartsWith, "image/")).ShouldBeTrue();
        Takes(message, Where("fileType", EqualTo, "image/gif")).ShouldBeFalse();
        Takes(message, Where("fileName", Matches, @"\.png$")).ShouldBeTrue();
        Takes(message, Where("fileName", EqualTo, "TEGNING.pdf")).ShouldBeTrue();
        Takes(Message(new TestMemo { HasBody = false }), Where("fileCount", EqualTo, "0"), Where("fileType", Exists).Not()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Greater, "999999", true)]
    [InlineData(Greater, "1000000", false)]
    [InlineData(EqualTo, "1000000", true)]
    [InlineData(Less, "2000000", true)]
    public void The_size_is_that_of_the_message_in_bytes(ConditionOperator @operator, string value, bool takes) =>
        Takes(Message(new TestMemo(), size: 1_000_000), Where("size", @operator, value)).ShouldBe(takes);
}
