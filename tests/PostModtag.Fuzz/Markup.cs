using System.Text;
using System.Text.RegularExpressions;

namespace PostModtag.Fuzz;

/// <summary>
/// A body cut into tags, texts and what else there is, whether it is well-formed or not. Bytes that are no UTF-16 are taken as Latin-1, so
/// that all of them come out as they went in; what is put in is UTF-8 then.
/// </summary>
internal sealed partial class Markup
{
    private readonly Encoding _encoding;

    public Markup(byte[] body)
    {
        _encoding = body switch
        {
            [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => Encoding.BigEndianUnicode,
            _ => Encoding.Latin1,
        };
        Tokens = [.. Token().Matches(_encoding.GetString(body)).Select(match => match.Value)];
    }

    public List<string> Tokens { get; }

    public byte[] ToBytes() => _encoding.GetBytes(string.Concat(Tokens));

    /// <summary>A text as it must be written among the tokens.</summary>
    public string Written(string text) => _encoding == Encoding.Latin1 ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)) : text;

    /// <summary>The places of the tokens of a kind.</summary>
    public List<int> Places(Func<string, bool> kind) => [.. Enumerable.Range(0, Tokens.Count).Where(place => kind(Tokens[place]))];

    /// <summary>How many tokens the element takes that begins there.</summary>
    public int LengthOf(int start)
    {
        var depth = 0;
        for (var place = start; place < Tokens.Count; place++)
        {
            var token = Tokens[place];
            depth += IsStart(token) && !token.EndsWith("/>", StringComparison.Ordinal) ? 1 : IsEnd(token) ? -1 : 0;
            if (depth <= 0)
                return place - start + 1;
        }

        return Tokens.Count - start;
    }

    public static bool IsStart(string token) => token.Length > 1 && token[0] == '<' && (char.IsLetter(token[1]) || token[1] == '_');

    public static bool IsEnd(string token) => token.StartsWith("</", StringComparison.Ordinal);

    public static bool IsText(string token) => token[0] != '<';

    /// <summary>The name in a tag.</summary>
    public static string NameOf(string tag) => Name().Match(tag).Value;

    [GeneratedRegex("<!--.*?-->|<!\\[CDATA\\[.*?\\]\\]>|<\\?.*?\\?>|<[^>]*>|[^<]+|<", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex("(?<=^</?)[^\\s/>]+")]
    private static partial Regex Name();
}
