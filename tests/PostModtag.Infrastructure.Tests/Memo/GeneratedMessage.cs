using System.Security.Cryptography;
using System.Text;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A message with one file, of any size, which says what the file is and what was read.</summary>
internal sealed class GeneratedMessage : RepeatedStream
{
    private const string Place = "UExBQ0U=";

    // A line of Base64 as it is often wrapped.
    private static readonly byte[] FileLine = Bytes(57);
    private static readonly byte[] Line = Encoding.UTF8.GetBytes(Convert.ToBase64String(FileLine) + "\r\n");

    private readonly IncrementalHash _sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="length">Of the message.</param>
    /// <param name="inCData">Whether the file's content is one CDATA section.</param>
    public GeneratedMessage(long length, bool inCData = false)
        : this(Parts(inCData), length)
    {
    }

    private GeneratedMessage((byte[] Start, byte[] End) parts, long length)
        : base(parts.Start, Line, Filled(parts, length), length)
    {
        var lines = Lines(parts, length);
        FileLength = lines * FileLine.Length;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0L; i < lines; i++)
            hash.AppendData(FileLine);
        FileSha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public long FileLength { get; }

    public string FileSha256 { get; }

    /// <summary>Of all that was read.</summary>
    public string SentSha256 => Convert.ToHexStringLower(_sent.GetCurrentHash());

    public override int Read(Span<byte> buffer)
    {
        var count = base.Read(buffer);
        _sent.AppendData(buffer[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _sent.Dispose();
        base.Dispose(disposing);
    }

    private static (byte[] Start, byte[] End) Parts(bool inCData)
    {
        var memo = new TestMemo();
        memo.Files[0] = ("film.mp4", "video/mp4", "PLACE"u8.ToArray());
        var parts = memo.ToString().Split(Place);
        var (open, close) = inCData ? ("<![CDATA[", "]]>") : ("", "");
        return (Encoding.UTF8.GetBytes(parts[0] + open), Encoding.UTF8.GetBytes(close + parts[1]));
    }

    private static long Lines((byte[] Start, byte[] End) parts, long length) => (length - parts.Start.Length - parts.End.Length) / Line.Length;

    /// <summary>White space makes up the length to the byte.</summary>
    private static byte[] Filled((byte[] Start, byte[] End) parts, long length) =>
        [.. parts.End, .. Enumerable.Repeat((byte)' ', (int)(length - parts.Start.Length - parts.End.Length - Lines(parts, length) * Line.Length))];

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        return bytes;
    }
}
