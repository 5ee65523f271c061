using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PostModtag.Testing;

namespace PostModtag.Fuzz;

/// <summary>The changes of what stands between the tags, of how it is written, and of what it is written in.</summary>
internal sealed partial class Mutator
{
    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(false, false), new UnicodeEncoding(true, true), new UnicodeEncoding(true, false),
        new UTF32Encoding(false, true), new UTF32Encoding(true, false), Encoding.Latin1, Encoding.ASCII,
    ];

    private static bool IsFilled(string token) => Markup.IsText(token) && !string.IsNullOrWhiteSpace(token);

    /// <summary>Puts a value in the place of a text: one at the bounds of some type, or one of another message.</summary>
    private byte[] SetText(byte[] body) => ChangeOne(body, IsFilled, (markup, text) => _random.Next(6) switch
    {
        0 => "",
        1 => text + One([" ", "\n", "\r", "\t", "x", "0", "&#13;", "&#x20;", "\u00A0", "-"]),
        2 => text.Length > 0 ? text[..^1] : text,
        3 => OneOfOthers(IsFilled),
        _ => markup.Written(Fragments.Escaped(One(Values.All))),
    });

    private string OneOfOthers(Func<string, bool> kind)
    {
        var other = new Markup(_corpus.Any(_random));
        return other.Places(kind) is { Count: > 0 } places ? other.Tokens[One(places)] : "";
    }

    /// <summary>Writes the same text in another way.</summary>
    private byte[] Dress(byte[] body) => ChangeOne(body, IsFilled, (markup, text) =>
    {
        var at = _random.Next(text.Length + 1);
        var (before, after) = (text[..at], text[at..]);
        return _random.Next(8) switch
        {
            0 => $"<![CDATA[{text}]]>",
            1 => $"{before}<![CDATA[{after}]]>",
            2 => $"<![CDATA[{before}]]><![CDATA[{after}]]>",
            3 => $"{before}<!-- {markup.Written(One(Fragments.Inside))} -->{after}",
            4 => $"{before}<?memo {markup.Written(One(Fragments.Inside))}?>{after}",
            5 => after.Length > 0 && after[0] < 0x80 && after[0] != '&' ? $"{before}&#{(OneIn(2) ? "x" + ((int)after[0]).ToString("X", CultureInfo.InvariantCulture) : (int)after[0])};{after[1..]}" : text,
            6 => $"{new string(One([' ', '\n', '\t']), 1 + _random.Next(3))}{text}{One(["", " ", "\r\n"])}",
            _ => $"{before}{markup.Written(One(Fragments.Inside))}{after}",
        };
    });

    /// <summary>Changes what is, or looks like, the Base64 of a file.</summary>
    private byte[] ChangeContent(byte[] body)
    {
        var markup = new Markup(body);
        var tokens = markup.Tokens;
        if (markup.Places(token => Markup.IsStart(token) && Local(token) == "content") is not { Count: > 0 } places)
            return body;
        var place = One(places);
        if (place + 1 >= tokens.Count || !Markup.IsText(tokens[place + 1]))
        {
            tokens.Insert(place + 1, markup.Written(One(Fragments.Base64)));
            return markup.ToBytes();
        }

        var text = tokens[place + 1];
        var at = _random.Next(text.Length + 1);
        tokens[place + 1] = _random.Next(5) switch
        {
            0 => text[..at] + markup.Written(One(Fragments.InBase64)) + text[at..],
            1 => markup.Written(One(Fragments.Base64)),
            2 => text[..at],
            3 => Regex.Replace(text, $".{{{1 + _random.Next(76)}}}", "$0" + One(["\n", "\r\n", " ", "\r", "\t"])),
            _ => text + One(["=", "==", "A", "QUJD", "\uE000"]),
        };
        if (OneIn(8))
            tokens[place] = tokens[place].Replace(">", One([" >", " x='1'>", " xmlns:q='urn:q'>", "\n>"]), StringComparison.Ordinal);
        return markup.ToBytes();
    }

    /// <summary>Renames prefixes, declares namespaces anew, takes them away.</summary>
    private byte[] ChangeNamespaces(byte[] body)
    {
        var markup = new Markup(body);
        var tokens = markup.Tokens;
        if (markup.Places(Markup.IsStart) is not { Count: > 0 } starts)
            return body;
        switch (_random.Next(4))
        {
            case 0:
                var (from, to) = (One(Fragments.Prefixes), One(Fragments.Prefixes));
                for (var place = 0; place < tokens.Count; place++)
                {
                    if (Markup.IsStart(tokens[place]) || Markup.IsEnd(tokens[place]))
                        tokens[place] = tokens[place].Replace($"<{from}:", $"<{to}:", StringComparison.Ordinal).Replace($"</{from}:", $"</{to}:", StringComparison.Ordinal).Replace($"xmlns:{from}=", $"xmlns:{to}=", StringComparison.Ordinal);
                }

                break;
            case 1:
                var at = One(starts);
                tokens[at] = tokens[at].TrimEnd('>', '/') + $" xmlns{One(["", ":memo", ":x", ":grd", ":xsi"])}='{One(Fragments.Namespaces)}'" + (tokens[at].EndsWith("/>", StringComparison.Ordinal) ? "/>" : ">");
                break;
            case 2:
                tokens[starts[0]] = tokens[starts[0]].Replace(One(Fragments.Namespaces) + "\"", One(Fragments.Namespaces) + "\"", StringComparison.Ordinal);
                break;
            default:
                var root = tokens[starts[0]];
                tokens[starts[0]] = root.Replace("xmlns:memo=", "xmlns=", StringComparison.Ordinal).Replace("<memo:", "<", StringComparison.Ordinal);
                for (var place = starts[0] + 1; place < tokens.Count; place++)
                    tokens[place] = tokens[place].Replace("<memo:", "<", StringComparison.Ordinal).Replace("</memo:", "</", StringComparison.Ordinal);
                break;
        }

        return markup.ToBytes();
    }

    /// <summary>Writes the body in another encoding, says that it is in another, or both.</summary>
    private byte[] Transcode(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (OneIn(2))
            text = Regex.Replace(text, "encoding=(['\"])[^'\"]*\\1", $"encoding='{One(Fragments.EncodingNames)}'");
        if (OneIn(4))
            text = Regex.Replace(text, "^\uFEFF?<\\?xml.*?\\?>\\s*", One(["", "\uFEFF", "<?xml version='1.0'?>", "<?xml version='1.1'?>", " <?xml version='1.0'?>", "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>"]));
        var encoding = One(Encodings);
        return OneIn(2) ? Encoding.UTF8.GetBytes(text) : [.. encoding.GetPreamble(), .. encoding.GetBytes(text.TrimStart('\uFEFF'))];
    }
}
