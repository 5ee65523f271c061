using System.Text;
using System.Xml;
using CsCheck;
using PostModtag.Infrastructure.Memo;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A text reads the same through the filter, at the same places, and no CDATA section in it is long.</summary>
public sealed class XmlTextFilterTests
{
    // What begins, ends or looks like something; half a line break, half a character.
    private static readonly Gen<string> Piece = Gen.OneOf(
        OneOf("]", "]]", "]]]", ">", "-", "--", "<", "&", "?", "\r", "\n", "\r\n", "💌", "æ", "<![CDATA[", "<!--", "<?", "<!DOCTYPE x>"),
        OneOf(2_036, 2_045, 2_046, 2_047, 2_048, 2_049, 10_000, 40_000).Select(length => new string('x', length)),
        OneOf("\r", "]", "💌", "\r\n").Select(text => new StringBuilder().Insert(0, text, 2_500).ToString()));

    private static readonly Gen<string> Inside = Piece.Array[0, 8].Select(string.Concat);

    private static readonly Gen<string> Node = Gen.OneOf(
        Inside.Select(text => $"<![CDATA[{text.Replace("]]>", "", StringComparison.Ordinal)}]]>"),
        Inside.Select(text => $"<!--{text.Replace("-", "", StringComparison.Ordinal)}-->"),
        Inside.Select(text => $"<?p {text.Replace("?", "", StringComparison.Ordinal)}?>"),
        Inside.Select(text => text.Replace("<", "", StringComparison.Ordinal).Replace("&", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal)),
        OneOf("<a/>", "<b c='d]]'/>", "<b>", "]]>", "<", "&#13;"));

    [Fact]
    public void A_text_reads_the_same_at_the_same_places() => Gen.Select(Node.Array[0, 6], Gen.Int[1, 5_000]).Sample(
        (nodes, most) => ReadsTheSame($"<r>{string.Concat(nodes)}</r>", most),
        iter: 3_000, threads: 1);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("💌")]
    public void What_belongs_together_stays_so_wherever_the_text_comes_in_two(string two)
    {
        foreach (var before in Enumerable.Range(2_044, 6))
            ReadsTheSame($"<r><![CDATA[{new string('x', before)}{two}{new string('y', 3_000)}]]></r>", most: 1);
    }

    private static void ReadsTheSame(string xml, int most)
    {
        var (expected, _) = ReadAsync(new StringReader(xml), (_, column) => column).GetAwaiter().GetResult();
        using var filter = new XmlTextFilter(new PiecemealReader(xml, most));

        var (found, longestSection) = ReadAsync(filter, filter.ColumnOf).GetAwaiter().GetResult();

        found.ShouldBe(expected);
        longestSection.ShouldBeLessThanOrEqualTo(2_048);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>The texts and elements with their places, and how it ends.</summary>
    private static async Task<(string Read, int LongestSection)> ReadAsync(TextReader text, Func<int, int, int> columnOf)
    {
        var read = new StringBuilder();
        var longest = 0;
        using var reader = XmlReader.Create(text, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreProcessingInstructions = true });
        var position = (IXmlLineInfo)reader;
        try
        {
            while (await reader.ReadAsync())
            {
                if (reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
                    read.Append(reader.Name).Append(position.LineNumber).Append(',').Append(columnOf(position.LineNumber, position.LinePosition));
                else
                    read.Append(await reader.GetValueAsync());
                longest = reader.NodeType == XmlNodeType.CDATA ? Math.Max(longest, reader.Value.Length) : longest;
            }
        }
        catch (XmlException)
        {
            // How far it came, and the column, depend on where .NET's buffers end.
            read.Clear().Append("fault");
        }

        return (read.ToString(), longest);
    }

    /// <summary>Gives only so many characters at once.</summary>
    private sealed class PiecemealReader(string text, int most) : StringReader(text)
    {
        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
