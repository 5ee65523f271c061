using System.Text;
using System.Xml;

namespace PostModtag.Domain.Messages;

/// <summary>Text that others wrote, made fit for a receipt.</summary>
public static class ReceiptText
{
    /// <summary>A receipt must be writable as XML, which has no control characters and no half characters: � stands for them. What is too long is cut.</summary>
    public static string Writable(string text, int maxLength) => string.Concat(text[..Math.Min(text.Length, maxLength)]
        .EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune));
}
