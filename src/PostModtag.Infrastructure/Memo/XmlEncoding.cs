using System.Text;
using System.Text.RegularExpressions;

namespace PostModtag.Infrastructure.Memo;

/// <summary>
/// Finds the encoding of a body from its first bytes: a byte order mark tells it before all, then the charset of the
/// Content-Type, then the XML declaration (RFC 7303, 3), and without any the form of the first characters.
/// </summary>
internal static partial class XmlEncoding
{
    /// <summary>How many bytes are looked at: a declaration is far shorter, also in UTF-32.</summary>
    public const int Looked = 1_024;

    /// <summary>What stands for bytes that the encoding does not have. XML has no such character, so its reader stops there.</summary>
    private static readonly DecoderReplacementFallback NoCharacter = new("\uFFFF");

    /// <summary>
    /// The encoding to read a body with that begins so; null when it declares one that is not known, or that it is not
    /// written in.
    /// </summary>
    public static Encoding? Of(ReadOnlySpan<byte> start, Encoding? charset)
    {
        var encoding = ByMark(start) ?? charset ?? Declared(start, ByForm(start));
        return encoding is null ? null : Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, NoCharacter);
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    // XML 1.0, appendix F: how "<?" or another "<" looks.
    private static Encoding ByForm(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'<', 0, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0, (byte)'<', ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [(byte)'<', 0, ..] => Encoding.Unicode,
        [0, (byte)'<', ..] => Encoding.BigEndianUnicode,
        [0x4C, 0x6F, 0xA7, 0x94, ..] => Encoding.GetEncoding("IBM037"),
        _ => Encoding.UTF8,
    };

    private static Encoding? Declared(ReadOnlySpan<byte> start, Encoding form)
    {
        var declaration = Declaration().Match(form.GetString(start));
        if (!declaration.Success)
            return form;

        try
        {
            var declared = Encoding.GetEncoding(declaration.Groups["name"].Value);
            if (declared.GetString(start).StartsWith("<?xml", StringComparison.Ordinal))
                return declared;

            // "utf-16" says nothing of the order of the bytes; their form does.
            if (declared.CodePage == Encoding.Unicode.CodePage && form.CodePage == Encoding.BigEndianUnicode.CodePage)
                return form;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // Not known, or not taken, as utf-7 is.
        }

        return null;
    }

    [GeneratedRegex("""^<\?xml\s+version\s*=\s*(?:'[^']*'|"[^"]*")\s+encoding\s*=\s*(?<quote>['"])(?<name>[^'"]*)\k<quote>""")]
    private static partial Regex Declaration();
}
