using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Domain.Memo;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>
/// A body in UTF-8 has its contents cut out before it is parsed, one in UTF-16 never has. Whatever the body, both ways come to the same:
/// the same verdict, elements, files and places.
/// </summary>
public sealed class TwoWaysTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    private const string Whole = "<memo:content>QUJDREVG</memo:content>";

    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: false);

    public static TheoryData<string> Contents =>
    [
        Whole,
        "<memo:content></memo:content>",
        "<memo:content/>",
        "<memo:content> \r\n\t</memo:content>",
        "<memo:content>\nQUJD\nREVG\n</memo:content>",
        "<memo:content>QUJD\r\nREVG</memo:content>",
        "<memo:content>QUJD\rREVG</memo:content>",
        "<memo:content>QUJD\r\r\n\n\rREVG</memo:content>",
        "<memo:content>Q U J D</memo:content>",
        "<memo:content>QUI=</memo:content>",
        "<memo:content>QUJ=</memo:content>",
        "<memo:content>QQ==</memo:content>",
        "<memo:content>QQ=</memo:content>",
        "<memo:content>Q</memo:content>",
        "<memo:content>QQ==QQ==</memo:content>",
        "<memo:content>QUJD*</memo:content>",
        "<memo:content>æ</memo:content>",
        "<memo:content>QUJD\u00A0</memo:content>",
        "<memo:content>\uE000</memo:content>",
        "<memo:content>QUJD\uE000</memo:content>",
        "<memo:content>\uE000QUJD</memo:content>",
        "<memo:content >QUJD</memo:content>",
        "<memo:content>QUJD</memo:content >",
        "<memo:content xmlns:x='urn:x'>QUJD</memo:content>",
        "<memo:content size='1'>QUJD</memo:content>",
        "<memo:content><![CDATA[QUJD]]></memo:content>",
        "<memo:content>QUJD<![CDATA[REVG]]></memo:content>",
        "<memo:content><![CDATA[QUJD]]>REVG</memo:content>",
        "<memo:content>QUJD<!-- memo:content>QUJD</ -->REVG</memo:content>",
        "<memo:content><!-- --></memo:content>",
        "<memo:content>QUJD<?skriv ud?></memo:content>",
        "<memo:content>&#81;UJD</memo:content>",
        "<memo:content>QUJD&#10;REVG</memo:content>",
        "<memo:content>QUJD&amp;</memo:content>",
        "<memo:content>QUJD<memo:content>QUJD</memo:content></memo:content>",
        "<memo:content><x/>QUJD</memo:content>",
        "<memo:content>QUJD</memo:Content>",
        "<memo:content>QUJD",
        "<memo:content>QUJD</",
        "<memo:content>QUJD<",
        "<memo:content>QUJD</memo:content><memo:content>QUJD</memo:content>",
        "<memo:content>QUJD</memo:content><memo:xcontent>QUJD</memo:xcontent>",
        "<m:content xmlns:m='https://DigitalPost.dk/MeMo-1'>QUJD</m:content>",
        "<content xmlns='https://DigitalPost.dk/MeMo-1'>QUJD</content>",
        "<content>QUJD</content>",
        "<m:content xmlns:m='urn:x'>QUJD</m:content>",
        "<!-- <memo:content>QUJD</memo:content> --><memo:content>REVG</memo:content>",
        "<!-- <memo:content>QUJD</memo:content> --><memo:content></memo:content>",
        "<!-- <memo:content>QUJD</ --><memo:content> </memo:content>",
        "<?memo <memo:content>QUJD</memo:content> ?><memo:content>REVG</memo:content>",
        "<![CDATA[<memo:content>QUJD</memo:content>]]>" + Whole,
        "<![CDATA[content>QUJD</]]>" + Whole,
        "<memo:content a='<memo:content>QUJD</'>QUJD</memo:content>",
        "<memo:content a='content>QUJD'>QUJD</memo:content>",
    ];

    [Theory]
    [MemberData(nameof(Contents))]
    public Task However_a_content_is_written(string content) => ShouldBeTheSameAsync(With(content));

    [Theory]
    [InlineData("memo:label", "<memo:label>content>QUJD</memo:label>")]
    [InlineData("memo:label", "<memo:label>\uE000</memo:label>")]
    [InlineData("memo:label", "<memo:label>&lt;memo:content>QUJD</memo:label>")]
    [InlineData("memo:label", "<memo:label><memo:content>QUJD</memo:content></memo:label>")]
    [InlineData("memo:label", "<!-- \uE000 --><memo:label>Brev</memo:label>")]
    [InlineData("memo:label", "<memo:label><![CDATA[<memo:content>]]>QUJD</memo:label>")]
    public Task What_looks_like_a_content_elsewhere(string element, string text)
    {
        var whole = new TestMemo().ToString();
        var (start, end) = (whole.IndexOf($"<{element}>", StringComparison.Ordinal), whole.IndexOf($"</{element}>", StringComparison.Ordinal) + element.Length + 3);
        return ShouldBeTheSameAsync(whole[..start] + text + whole[end..]);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task Every_mutant_of_a_message_that_has_every_element(string version)
    {
        foreach (var mutant in StructureMutants.Of(version))
            await ShouldBeTheSameAsync(Encoding.UTF8.GetString(mutant.Message));
    }

    [Fact]
    public async Task Every_example_valid_and_invalid()
    {
        foreach (var bytes in Examples.Valid.Select(Examples.ReadValid).Concat(Examples.Invalid.Select(Examples.ReadInvalid)))
            await ShouldBeTheSameAsync(Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4_096)]
    [InlineData(65_536)]
    public async Task Wherever_the_pieces_end_in_which_it_comes(int piece)
    {
        var contents = string.Concat(Enumerable.Range(0, 3).Select(i => $"<memo:AdditionalDocument><memo:File><memo:encodingFormat>text/plain</memo:encodingFormat><memo:filename>b{i}.txt</memo:filename>\n<memo:language>da</memo:language><memo:content>{Base64(30_000 + i)}</memo:content></memo:File></memo:AdditionalDocument>"));
        var whole = new TestMemo().ToString().Replace("</memo:MessageBody>", contents + "</memo:MessageBody>", StringComparison.Ordinal);
        var expected = await DescribeAsync(Utf16.GetBytes(whole), Utf16, int.MaxValue);

        (await DescribeAsync(Encoding.UTF8.GetBytes(whole), Encoding.UTF8, piece)).ShouldBe(expected);
        expected.ShouldContain("content 4, 30002 bytes");
    }

    [Fact]
    public async Task Wherever_the_name_of_a_content_stands_in_what_is_read_at_once()
    {
        var whole = With(Whole);
        var at = Encoding.UTF8.GetByteCount(whole[..whole.IndexOf("<memo:content>", StringComparison.Ordinal)]);
        for (var end = 65_536 - 40; end <= 65_536 + 8; end++)
            await ShouldBeTheSameAsync(whole.Replace("<memo:MessageBody>", $"<!--{new string('x', end - at - 7)}--><memo:MessageBody>", StringComparison.Ordinal));
    }

    private static string With(string content) => new TestMemo().ToString().Replace("<memo:content>S8OmcmUga29tbXVuZQ==</memo:content>", content, StringComparison.Ordinal);

    private static string Base64(int length) => Convert.ToBase64String([.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))], Base64FormattingOptions.InsertLineBreaks);

    private async Task ShouldBeTheSameAsync(string xml) =>
        (await DescribeAsync(Encoding.UTF8.GetBytes(xml), Encoding.UTF8, int.MaxValue)).ShouldBe(await DescribeAsync(Utf16.GetBytes(xml), Utf16, int.MaxValue), customMessage: xml.Length < 5_000 ? xml : null);

    private async Task<string> DescribeAsync(byte[] body, Encoding? charset, int piece)
    {
        await using var stream = new Pieces(body, piece);
        await using var reading = await reader.Infrastructure.Reader.ReadAsync(stream, charset, CancellationToken.None);
        reader.Infrastructure.IncomingFiles().Count.ShouldBeLessThanOrEqualTo(reading is MemoReading.Message ? int.MaxValue : 0);
        if (reading is not MemoReading.Message { Memo: var memo })
            return $"{reading}";
        var text = new StringBuilder($"{memo.MessageUuid} {memo.MemoVersion} {memo.Rejection?.Code} {memo.Memo?.Files().Count()} files\n");
        foreach (var violation in memo.Rejection?.Violations ?? [])
            text.AppendLine($"{violation.XPath} {violation.Line} {violation.Column} {violation.Expected.English}");
        Describe(memo.Root!, text);
        return text.ToString();
    }

    private static void Describe(MemoElement element, StringBuilder text)
    {
        text.AppendLine($"{element.Namespace} {element.Name} {element.Line} {element.Column} {element.Text} {(element.Content is { } content ? $"content {content.Number}, {content.Length} bytes {content.Sha256}" : "")}");
        foreach (var child in element.AllChildren)
            Describe(child, text);
    }

    /// <summary>A body that comes in pieces of a size.</summary>
    private sealed class Pieces(byte[] body, int size) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
    }
}
