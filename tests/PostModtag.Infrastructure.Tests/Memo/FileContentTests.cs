using System.Security.Cryptography;
using System.Text;
using PostModtag.Domain.Memo;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>How the content of a file may be written in XML.</summary>
public sealed class FileContentTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    private const string Empty = "PLACE";

    [Theory]
    [InlineData("QUJDREU=")]
    [InlineData(" QUJD\r\n\tREU=\n")]
    [InlineData("<![CDATA[QUJDREU=]]>")]
    [InlineData("QU<![CDATA[JDR]]>EU=")]
    [InlineData("<![CDATA[Q]]><![CDATA[]]><![CDATA[UJDREU=]]>")]
    [InlineData("QUJD<!-- QUJD -->REU=")]
    [InlineData("Q<!---->U<!---->J<!---->D<!---->R<!---->E<!---->U<!---->=")]
    [InlineData("QUJD<?QUJD QUJD?>REU=")]
    [InlineData("&#81;UJ&#x44;REU&#61;")]
    [InlineData("QUJD&#32;&#9;&#10;&#13;REU=")]
    [InlineData("<!-- først -->QUJDREU=<!-- sidst -->")]
    public async Task However_it_is_written_the_content_is_the_same(string content)
    {
        var file = (await FilesAsync(content)).ShouldHaveSingleItem();

        (file.Length, file.Sha256).ShouldBe((5, Convert.ToHexStringLower(SHA256.HashData("ABCDE"u8))));
    }

    [Theory]
    [InlineData("QUJD&amp;")]
    [InlineData("QUJD&lt;")]
    [InlineData("QUJD<![CDATA[<]]>")]
    [InlineData("QUJD&#160;REU=")]
    [InlineData("QUJDREU=<!-- -->QUJD")]
    [InlineData("QUJDR")]
    [InlineData("QUJD<memo:content>QUJD</memo:content>")]
    [InlineData("<memo:content/>")]
    public async Task What_is_no_Base64_is_a_violation(string content)
    {
        var memo = await reader.Infrastructure.ReadMessageAsync(Message(content));

        memo.Rejection.ShouldNotBeNull().Violations.ShouldHaveSingleItem().XPath
            .ShouldStartWith("/memo:Message/memo:MessageBody/memo:MainDocument/memo:File[1]/memo:content");
        memo.Memo.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("<!-- intet -->")]
    public async Task A_file_may_be_empty(string content)
    {
        var file = (await FilesAsync(content)).ShouldHaveSingleItem();

        (file.Length, file.Sha256).ShouldBe((0, Convert.ToHexStringLower(SHA256.HashData([]))));
    }

    [Fact]
    public async Task Long_contents_with_comments_and_CDATA_between_are_whole()
    {
        var bytes = new byte[200_000];
        new Random(2).NextBytes(bytes);
        var digits = Convert.ToBase64String(bytes);
        var content = new StringBuilder();
        for (var at = 0; at < digits.Length; at += 16_001)
        {
            var piece = digits.Substring(at, Math.Min(16_001, digits.Length - at));
            content.Append(at % 2 == 0 ? $"{piece}<!-- {new string('x', 5_000)} -->\n" : $"<![CDATA[{piece}]]>");
        }

        var file = (await FilesAsync(content.ToString())).ShouldHaveSingleItem();

        (file.Length, file.Sha256).ShouldBe((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("windows-1252")]
    [InlineData("IBM037")]
    public async Task A_fault_after_a_long_CDATA_section_is_found_at_its_column(string encoding)
    {
        var digits = Convert.ToBase64String(new byte[300_000]);
        var memo = new TestMemo();
        memo.Files[0] = ("brev.txt", "text/plain", new byte[300_000]);
        memo.Files.Add(("to.txt", "text/plain", []));
        var text = memo.ToString().Replace(digits, $"<![CDATA[{digits}]]>", StringComparison.Ordinal).Replace("text/plain</memo:encodingFormat><memo:filename>to", "text/plain</memo:encodingFormat><memo:size/><memo:filename>to", StringComparison.Ordinal);

        var read = await reader.Infrastructure.ReadMessageAsync(Encoding.GetEncoding(encoding).GetBytes(text), Encoding.GetEncoding(encoding));

        var at = text.IndexOf("memo:size", StringComparison.Ordinal);
        var violation = read.Rejection.ShouldNotBeNull().Violations.ShouldHaveSingleItem();
        (violation.Line, violation.Column).ShouldBe((text[..at].Count(c => c == '\n') + 1, at - text.LastIndexOf('\n', at)));
    }

    [Fact]
    public async Task Files_are_numbered_in_the_order_of_the_message()
    {
        var memo = new TestMemo();
        for (byte i = 1; i < 20; i++)
            memo.Files.Add(($"bilag {i}.txt", "text/plain", [i]));

        var read = await reader.Infrastructure.ReadMessageAsync(memo.ToBytes());

        var files = read.Memo.ShouldNotBeNull().Files().Select(file => file.File).ToList();
        files.Select(file => file.Content.Number).ShouldBe(Enumerable.Range(1, 20));
        files.Select(file => (file.Filename, file.Content.Sha256)).ShouldBe(
            memo.Files.Select(file => (file.Name, Convert.ToHexStringLower(SHA256.HashData(file.Content)))));
    }

    private static byte[] Message(string content)
    {
        var memo = new TestMemo();
        memo.Files[0] = ("brev.txt", "text/plain", Convert.FromBase64String(Empty + "000"));
        return Encoding.UTF8.GetBytes(memo.ToString().Replace(Empty + "000", content, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<FileContent>> FilesAsync(string content)
    {
        var memo = await reader.Infrastructure.ReadMessageAsync(Message(content));
        memo.Rejection?.Message.ShouldBeNull();
        return [.. memo.Memo.ShouldNotBeNull().Files().Select(file => file.File.Content)];
    }
}
