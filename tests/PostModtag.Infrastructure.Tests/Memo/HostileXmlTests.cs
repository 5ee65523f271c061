using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>XML that means harm is refused, or read as far as it is bounded, and nothing of it is followed.</summary>
public sealed class HostileXmlTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    [Theory]
    [InlineData("<!DOCTYPE Message>")]
    [InlineData("<!DOCTYPE Message SYSTEM 'http://127.0.0.1:1/memo.dtd'>")]
    [InlineData("<!DOCTYPE Message PUBLIC 'a' 'file:///etc/passwd'>")]
    [InlineData("<!DOCTYPE Message [<!ENTITY navn 'Ida'>]>")]
    [InlineData("<!DOCTYPE Message [<!ENTITY navn SYSTEM 'file:///etc/passwd'>]>")]
    [InlineData("<!DOCTYPE Message [<!ENTITY % navn SYSTEM 'file:///etc/passwd'> %navn;]>")]
    [InlineData("<!DOCTYPE Message [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY navn '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>")]
    public async Task A_document_type_declaration_is_refused(string declaration)
    {
        var text = new TestMemo { SenderLabel = "&navn;" }.ToString().Replace("<memo:Message ", "  " + declaration + "<memo:Message ", StringComparison.Ordinal);

        var answer = await reader.Infrastructure.ReadNoMessageAsync(Encoding.UTF8.GetBytes(text));

        (answer.Reason, answer.Line, answer.Column).ShouldBe((NotAMessageReason.HasDocumentType, 2, 3));
    }

    [Theory]
    [InlineData("Label", "<!DOCTYPE Message>")]
    [InlineData("Label", "<b><!DOCTYPE Message>")]
    [InlineData("SenderLabel", "</x><!DOCTYPE Message>")]
    public async Task A_document_type_declaration_in_the_wrong_place_is_no_such_declaration(string property, string value)
    {
        var memo = new TestMemo();
        typeof(TestMemo).GetProperty(property)!.SetValue(memo, value);

        (await reader.Infrastructure.ReadNoMessageAsync(memo.ToBytes())).Reason.ShouldBe(NotAMessageReason.NotXml);
    }

    [Theory]
    [InlineData("&navn;")]
    [InlineData("&#0;")]
    [InlineData("&#xFFFF;")]
    [InlineData("&#xD800;")]
    [InlineData("&#99999999999;")]
    [InlineData("\u0000")]
    [InlineData("\u0001")]
    [InlineData("\uFFFE")]
    [InlineData("<")]
    [InlineData("]]>")]
    [InlineData("<!-- -- -->")]
    [InlineData("<x:b/>")]
    [InlineData("<memo:b a='1' a='1'/>")]
    [InlineData("<memo:b")]
    [InlineData("</memo:Message>")]
    public async Task What_is_not_well_formed_is_not_XML(string label)
    {
        var answer = await reader.Infrastructure.ReadNoMessageAsync(new TestMemo { Label = label }.ToBytes());

        answer.Reason.ShouldBe(NotAMessageReason.NotXml);
        answer.Line.ShouldBeGreaterThanOrEqualTo(6);
        answer.Column.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("\u0000")]
    [InlineData("Kære kommune")]
    [InlineData("{\"messageUUID\":\"8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32\"}")]
    [InlineData("<?xml version='1.0'?>")]
    [InlineData("<?xml version='1.1'?><a/>")]
    public async Task A_body_that_is_no_document_is_not_XML(string body) =>
        (await reader.Infrastructure.ReadNoMessageAsync(Encoding.UTF8.GetBytes(body))).Reason.ShouldBe(NotAMessageReason.NotXml);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF\n")]
    public async Task A_body_with_nothing_in_it_is_empty(string body)
    {
        foreach (var charset in new[] { null, Encoding.UTF8 })
            (await reader.Infrastructure.ReadNoMessageAsync(Encoding.UTF8.GetBytes(body), charset)).Reason.ShouldBe(NotAMessageReason.Empty);
        (await reader.Infrastructure.ReadNoMessageAsync(Encoding.Unicode.GetBytes(body), Encoding.Unicode)).Reason.ShouldBe(NotAMessageReason.Empty);
    }

    [Theory]
    [InlineData("<a/>")]
    [InlineData("<Message memoVersion='1.2'/>")]
    [InlineData("<Message xmlns='https://DigitalPost.dk/MeMo-2' memoVersion='1.2'/>")]
    [InlineData("<message xmlns='https://DigitalPost.dk/MeMo-1' memoVersion='1.2'/>")]
    [InlineData("<Message xmlns='https://DigitalPost.dk/MeMo-1' memoVersion='1.2'/>")]
    [InlineData("<Message xmlns='https://DigitalPost.dk/MeMo-1' memoVersion='1.2'><MessageHeader><messageUUID>x</messageUUID></MessageHeader></Message>")]
    [InlineData("<Message xmlns='https://DigitalPost.dk/MeMo-1' memoVersion='1.2'><MessageHeader><messageUUID>{8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32}</messageUUID></MessageHeader></Message>")]
    [InlineData("<Message xmlns='https://DigitalPost.dk/MeMo-1' memoVersion='1.2'><messageUUID>8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32</messageUUID></Message>")]
    public async Task XML_without_a_messageUUID_in_its_place_is_no_message(string body) =>
        (await reader.Infrastructure.ReadNoMessageAsync(Encoding.UTF8.GetBytes(body))).Reason.ShouldBe(NotAMessageReason.MessageUuidMissing);

    [Fact]
    public async Task A_NUL_in_the_midst_of_a_content_is_not_XML()
    {
        var body = new TestMemo().ToBytes();
        body[^60] = 0;

        (await reader.Infrastructure.ReadNoMessageAsync(body)).Reason.ShouldBe(NotAMessageReason.NotXml);
    }

    [Fact]
    public async Task A_very_long_name_is_cut_where_it_is_named()
    {
        var memo = new TestMemo { ExtraHeader = $"<memo:{new string('n', 100_000)}/>" };

        var violation = (await ViolationsAsync(memo)).ShouldHaveSingleItem();

        violation.XPath.ShouldBe($"/memo:Message/memo:MessageHeader/memo:{new string('n', 64)}…");
    }

    [Fact]
    public async Task A_very_long_value_is_a_wrong_value()
    {
        var memo = new TestMemo { Label = new string('x', 1_000_000), ExtraHeader = $"<memo:ContentData size='{new string('x', 500_000)}'/>" };

        (await ViolationsAsync(memo)).Select(violation => violation.XPath)
            .ShouldBe(["/memo:Message/memo:MessageHeader/memo:label", "/memo:Message/memo:MessageHeader/memo:ContentData/@size"]);
    }

    private async Task<IReadOnlyList<Violation>> ViolationsAsync(TestMemo memo)
    {
        var rejection = (await reader.Infrastructure.ReadMessageAsync(memo.ToBytes())).Rejection.ShouldNotBeNull();
        rejection.Code.ShouldBe(ReceiptError.SchemaViolation.Code);
        return rejection.Violations;
    }
}
