using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace PostModtag.Api.ReceiveMessage;

/// <summary>Reads how the call declares its body.</summary>
internal static class MemoContentType
{
    private const int MaxLength = 256;

    /// <summary>Whether the body is declared as XML that can be read; <paramref name="charset"/> is null when none is named.</summary>
    public static bool TryRead(HttpRequest request, out Encoding? charset, [NotNullWhen(false)] out string? wrong)
    {
        charset = null;
        wrong = null;
        if (request.ContentType is not { Length: <= MaxLength } text
            || !MediaTypeHeaderValue.TryParse(text, out var type)
            || !(type.MediaType.Equals("application/xml", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("text/xml", StringComparison.OrdinalIgnoreCase)))
        {
            wrong = "Send Content-Type: application/xml or text/xml, with or without charset.";
        }
        else if (request.Headers.ContentEncoding is [{ } encoding, ..] && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            wrong = "Send the body as it is, without Content-Encoding.";
        }
        else if (type.Charset.HasValue && !TryGetEncoding(HeaderUtilities.RemoveQuotes(type.Charset).ToString(), out charset))
        {
            wrong = "The charset in Content-Type is not known; send utf-8, or leave it to the XML declaration.";
        }

        return wrong is null;
    }

    private static bool TryGetEncoding(string name, out Encoding? encoding)
    {
        try
        {
            encoding = Encoding.GetEncoding(name);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            encoding = null;
            return false;
        }
    }
}
