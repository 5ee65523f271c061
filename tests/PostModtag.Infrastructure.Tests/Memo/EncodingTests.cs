using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A byte order mark tells the encoding before all, then the charset of the media type, then the XML declaration.</summary>
public sealed class EncodingTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    private const string Danish = "Kære Åse: ærø øre";

    private static readonly Encoding Latin1 = Encoding.Latin1;
    private static readonly UTF8Encoding Utf8 = new(false);
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: true);

    public static TheoryData<string> AllDeclarations => [.. Encoding.GetEncodings().Select(encoding => encoding.Name), "utf-7", "windows-1252", "ucs-4", "x", "", "æ"];

    public static TheoryData<string, string?, bool, string?> Right => new()
    {
        // written in, declared as, with a byte order mark, charset of the media type
        { "utf-8", "utf-8", false, null },
        { "utf-8", "utf-8", true, null },
        { "utf-8", null, false, null },
        { "utf-8", null, true, null },
        { "utf-8", "utf-8", false, "utf-8" },
        { "utf-8", "iso-8859-1", false, "utf-8" },
        { "utf-8", null, true, "iso-8859-1" },
        { "utf-16", "utf-16", true, null },
        { "utf-16", "utf-16", true, "utf-8" },
        { "utf-16", null, true, null },
        { "utf-16", "utf-16", false, "utf-16" },
        { "utf-16", "utf-16", false, null },
        { "utf-16BE", "utf-16", true, null },
        { "utf-16BE", "utf-16", false, "utf-16BE" },
        { "iso-8859-1", "iso-8859-1", false, null },
        { "iso-8859-1", "ISO-8859-1", false, "iso-8859-1" },
        { "iso-8859-1", null, false, "iso-8859-1" },
        { "iso-8859-1", "utf-8", false, "iso-8859-1" },
        { "windows-1252", "windows-1252", false, null },
        { "windows-1252", null, false, "windows-1252" },
        { "windows-1252", "utf-8", false, "windows-1252" },
        { "iso-8859-15", "ISO-8859-15", false, null },
        { "ibm865", "ibm865", false, null },
        { "IBM277", "IBM277", false, null },
        { "gb18030", "gb18030", false, null },
        { "utf-32", "utf-32", true, null },
        { "utf-32", "utf-32", false, null },
        { "utf-32BE", "utf-32", false, "utf-32BE" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public async Task The_text_is_read_as_it_was_written(string written, string? declared, bool mark, string? charset)
    {
        var encoding = Named(written);
        byte[] body = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Message(declared))];

        var memo = await reader.Infrastructure.ReadMessageAsync(body, charset is null ? null : Encoding.GetEncoding(charset));

        memo.Rejection?.Message.ShouldBeNull();
        memo.Memo.ShouldNotBeNull().MessageHeader.Label.ShouldBe(Danish);
        memo.Xml.Length.ShouldBe(body.Length);
    }

    [Fact]
    public async Task Characters_beyond_the_basic_plane_are_read_in_UTF_8_and_UTF_16()
    {
        foreach (var encoding in new Encoding[] { Utf8, Utf16, Utf16BigEndian })
        {
            var text = new TestMemo { Label = "💌" }.ToString().Replace("utf-8", encoding.WebName.Replace("BE", "", StringComparison.Ordinal), StringComparison.Ordinal);
            var memo = await reader.Infrastructure.ReadMessageAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            memo.Memo.ShouldNotBeNull().MessageHeader.Label.ShouldBe("💌");
        }
    }

    [Theory]
    [InlineData("iso-8859-1", null)]
    [InlineData("iso-8859-1", "utf-8")]
    [InlineData("windows-1252", "us-ascii")]
    public async Task Bytes_that_the_encoding_does_not_have_are_not_XML_at_their_place(string written, string? charset)
    {
        var text = Message("utf-8");

        var answer = await reader.Infrastructure.ReadNoMessageAsync(Named(written).GetBytes(text), charset is null ? null : Encoding.GetEncoding(charset));

        var at = text.IndexOf("ære", StringComparison.Ordinal);
        (answer.Reason, answer.Line, answer.Column)
            .ShouldBe((NotAMessageReason.NotXml, text[..at].Count(c => c == '\n') + 1, at - text.LastIndexOf('\n', at)));
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("IBM037")]
    [InlineData("windows-12520")]
    [InlineData("")]
    public async Task An_encoding_that_is_not_known_or_cannot_be_the_one_is_not_XML(string declared)
    {
        var answer = await reader.Infrastructure.ReadNoMessageAsync(Utf8.GetBytes(Message(declared)));

        (answer.Reason, answer.Line).ShouldBe((NotAMessageReason.NotXml, 1));
    }

    [Theory]
    [MemberData(nameof(AllDeclarations))]
    public async Task Whatever_encoding_is_declared_the_answer_is_clear(string declared)
    {
        var body = Utf8.GetBytes(Message(declared));

        await using var reading = await reader.Infrastructure.ReadAsync(body);

        if (reading is MemoReading.NotAMessage { Reason: var reason })
            reason.ShouldBe(NotAMessageReason.NotXml);
        else
            reading.ShouldBeOfType<MemoReading.Message>().Memo.MessageUuid.ShouldNotBe(Guid.Empty);
    }

    private static Encoding Named(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(true),
        "utf-16" => Utf16,
        "utf-16BE" => Utf16BigEndian,
        "iso-8859-1" => Latin1,
        _ => Encoding.GetEncoding(name),
    };

    private static string Message(string? declared)
    {
        var text = new TestMemo { Label = Danish }.ToString();
        var declaration = text[..(text.IndexOf("?>", StringComparison.Ordinal) + 2)];
        return text.Replace(declaration, declared is null ? "" : declaration.Replace("utf-8", declared, StringComparison.Ordinal), StringComparison.Ordinal).TrimStart();
    }
}
