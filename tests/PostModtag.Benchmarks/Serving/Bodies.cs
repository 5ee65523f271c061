using System.Text;
using PostModtag.Testing;

namespace PostModtag.Benchmarks.Serving;

/// <summary>Messages of a given size: one file, and otherwise as small as MeMo allows.</summary>
internal static class Bodies
{
    /// <summary>A message of so many bytes, or up to four fewer.</summary>
    public static (byte[] Bytes, int UuidAt) Of(int length, bool isWrapped = false)
    {
        var memo = new TestMemo();
        memo.Files.Clear();
        memo.Files.Add(("brev.pdf", "application/pdf", []));
        var empty = memo.ToBytes();
        var encoded = length - empty.Length;
        var content = new byte[(isWrapped ? encoded / 78 * 76 : encoded) / 4 * 3];
        new Random(1606).NextBytes(content);
        var text = Convert.ToBase64String(content, isWrapped ? Base64FormattingOptions.InsertLineBreaks : Base64FormattingOptions.None);
        if (isWrapped)
            text = text.Replace("\r", "", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(memo.ToString().Replace("<memo:content></memo:content>", $"<memo:content>{text}</memo:content>", StringComparison.Ordinal));
        return (bytes, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(memo.MessageUuid)));
    }
}
