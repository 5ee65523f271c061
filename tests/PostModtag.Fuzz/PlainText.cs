using System.Text;
using System.Text.RegularExpressions;

namespace PostModtag.Fuzz;

/// <summary>
/// A body as .NET's reader must take it. .NET refuses a declaration that a byte order mark contradicts (the mark goes before it, RFC 7303),
/// reads bytes that ASCII does not have as question marks, passes over those in a declaration, and takes UTF-8 that says it is something else: what a body is
/// written in is found here, once more and plainly, and .NET gets it in UTF-8 as it is, or else in UTF-16.
/// </summary>
internal static partial class PlainText
{
    private const string NoCharacter = "\uFFFF";

    /// <summary>Null when it cannot be what it says.</summary>
    public static byte[]? Of(byte[] body)
    {
        if (EncodingOf(body) is not { } found)
            return null;
        if (found.CodePage == Encoding.UTF8.CodePage && HasOddDeclaration(body))
            return null;
        if (found.CodePage == Encoding.UTF8.CodePage)
            return Declared().Match(Encoding.UTF8.GetString(body).TrimStart('\uFEFF')) is { Success: true } declared && !declared.Groups["name"].Value.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? InUtf16(body, found) : body;
        return InUtf16(body, found);
    }

    /// <summary>A declaration is written in characters that ASCII has.</summary>
    private static bool HasOddDeclaration(ReadOnlySpan<byte> body)
    {
        var text = body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        return text.StartsWith("<?xml"u8) && text.IndexOf("?>"u8) is > 0 and var end && text[..end].ContainsAnyExceptInRange((byte)0, (byte)0x7F);
    }

    private static byte[] InUtf16(byte[] body, Encoding found)
    {
        var encoding = Encoding.GetEncoding(found.CodePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(NoCharacter));
        var text = encoding.GetString(body);
        text = text.StartsWith('\uFEFF') && encoding.Preamble.Length > 0 ? text[1..] : text;
        var declared = Declared().Match(text);
        if (declared.Success)
            text = text[..declared.Groups["name"].Index] + "utf-16" + text[(declared.Groups["name"].Index + declared.Groups["name"].Length)..];
        return [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)];
    }

    private static Encoding? EncodingOf(byte[] body)
    {
        Encoding[] marked = [Encoding.UTF8, Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true), Encoding.Unicode, Encoding.BigEndianUnicode];
        if (Array.Find(marked, encoding => body.AsSpan().StartsWith(encoding.Preamble)) is { } byMark)
            return byMark;
        Encoding form = body switch
        {
            [(byte)'<', 0, 0, 0, ..] => Encoding.UTF32,
            [0, 0, 0, (byte)'<', ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
            [(byte)'<', 0, ..] => Encoding.Unicode,
            [0, (byte)'<', ..] => Encoding.BigEndianUnicode,
            [0x4C, 0x6F, 0xA7, 0x94, ..] => Encoding.GetEncoding("IBM037"),
            _ => Encoding.UTF8,
        };
        var declared = Declared().Match(form.GetString(body));
        if (!declared.Success)
            return form;
        try
        {
            var encoding = Encoding.GetEncoding(declared.Groups["name"].Value);
            return encoding.GetString(body).StartsWith("<?xml", StringComparison.Ordinal) ? encoding : encoding.CodePage == Encoding.Unicode.CodePage && form.CodePage == Encoding.BigEndianUnicode.CodePage ? form : null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^<\?xml\s+version\s*=\s*(?:'[^']*'|"[^"]*")\s+encoding\s*=\s*(?<quote>['"])(?<name>[^'"]*)\k<quote>""")]
    private static partial Regex Declared();
}
