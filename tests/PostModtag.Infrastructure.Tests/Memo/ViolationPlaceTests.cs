using System.Xml;
using System.Xml.Linq;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>Where a violation points to.</summary>
public sealed class ViolationPlaceTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    private const string Header = "/memo:Message/memo:MessageHeader";

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task A_wrong_value_is_found_at_its_element_in_every_element(string version)
    {
        var values = new BadValues(version);
        for (var place = 0; place < values.Count; place++)
        {
            var message = values.With([place], _ => BadValues.Bad);

            var violation = (await ViolationsAsync(message)).ShouldHaveSingleItem();

            var element = BadValues.Find(message, violation).ShouldBeOfType<XElement>();
            element.Value.ShouldBeOneOf(BadValues.Bad, element.Value.TrimEnd() + " ");
            var position = (IXmlLineInfo)element;
            (violation.Line, violation.Column).ShouldBe((position.LineNumber, position.LinePosition), violation.XPath);
        }
    }

    [Theory]
    [InlineData("ExtraHeader", "<memo:priority>1</memo:priority>", Header + "/memo:priority", "memo:priority>1")]
    [InlineData("ExtraHeader", "<priority xmlns=''/>", Header + "/priority", "priority xmlns")]
    [InlineData("ExtraHeader", "<x:priority xmlns:x='urn:x'/>", Header + "/*[local-name()='priority']", "x:priority xmlns")]
    [InlineData("ExtraHeader", "<memo:ContentData/>\n <memo:ContentData/>", Header + "/memo:ContentData[2]", "memo:ContentData/></memo:MessageHeader>")]
    [InlineData("ExtraHeader", "<memo:ReplyData>\n</memo:ReplyData>", Header + "/memo:ReplyData[1]", "memo:ReplyData></memo:MessageHeader>")]
    [InlineData("ExtraHeader", "\n<memo:ForwardData/>", Header + "/memo:ForwardData", "memo:ForwardData/>")]
    [InlineData("ExtraHeader", "\n  <memo:ContentData  size='1'/>", Header + "/memo:ContentData/@size", "size='1'")]
    [InlineData("ExtraHeader", "<memo:ContentData\n xmlns:i='http://www.w3.org/2001/XMLSchema-instance'\n i:nil='true'/>", Header + "/memo:ContentData/@xsi:nil", "i:nil")]
    [InlineData("ExtraHeader", "<memo:ContentData\n xmlns:i='http://www.w3.org/2001/XMLSchema-instance'\n i:type='x'/>", Header + "/memo:ContentData/@xsi:type", "i:type")]
    [InlineData("ExtraHeader", "<memo:ContentData>\n  tekst</memo:ContentData>", Header + "/memo:ContentData", "\n  tekst")]
    [InlineData("Label", "Brev<memo:b/>", Header + "/memo:label/memo:b", "memo:b/>")]
    [InlineData("MemoVersion", "1.3", "/memo:Message/@memoVersion", "memoVersion")]
    public async Task A_fault_is_found_where_it_stands(string property, string value, string xpath, string place)
    {
        var memo = new TestMemo();
        typeof(TestMemo).GetProperty(property)!.SetValue(memo, value);

        var violation = (await ViolationsAsync(memo.ToBytes())).ShouldHaveSingleItem();

        violation.XPath.ShouldBe(xpath);
        (violation.Line, violation.Column).ShouldBe(PlaceOf(memo.ToString(), place));
    }

    [Fact]
    public async Task A_missing_attribute_is_found_at_its_element()
    {
        var violation = (await ViolationsAsync(new TestMemo { MemoVersion = "1.1", ExtraHeader = "" }.ToBytes()))[0];

        (violation.XPath, violation.Line, violation.Column).ShouldBe(("/memo:Message", 2, 2));
        violation.Expected.English.ShouldBe("expected the attribute memoSchVersion");
    }

    [Fact]
    public async Task A_missing_memoVersion_is_found_at_the_message()
    {
        var message = new TestMemo().ToString().Replace(" memoVersion=\"1.2\"", "", StringComparison.Ordinal);

        var violation = (await ViolationsAsync(System.Text.Encoding.UTF8.GetBytes(message))).ShouldHaveSingleItem();

        (violation.XPath, violation.Line, violation.Column).ShouldBe(("/memo:Message/@memoVersion", 2, 2));
    }

    [Fact]
    public async Task A_place_in_a_row_has_its_number()
    {
        var memo = new TestMemo();
        memo.Files.Add(("bilag 1.txt", "text/plain", [1]));
        memo.Files.Add(("bilag 2.txt", new string('x', 257), [1]));

        (await ViolationsAsync(memo.ToBytes())).ShouldHaveSingleItem().XPath
            .ShouldBe("/memo:Message/memo:MessageBody/memo:AdditionalDocument[2]/memo:File[1]/memo:encodingFormat");
    }

    private async Task<IReadOnlyList<Violation>> ViolationsAsync(byte[] message) =>
        (await reader.Infrastructure.ReadMessageAsync(message)).Rejection.ShouldNotBeNull().Violations;

    /// <summary>The line and column, from 1, of a text in the message.</summary>
    private static (int Line, int Column) PlaceOf(string message, string text)
    {
        var at = message.IndexOf(text, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        return (message[..at].Count(c => c == '\n') + 1, at - message.LastIndexOf('\n', at - 1));
    }
}
