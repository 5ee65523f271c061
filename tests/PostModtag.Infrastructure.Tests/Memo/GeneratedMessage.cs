using System.Security.Cryptography;
using System.Text;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A message with one file, of any size, made as it is read: it is nowhere as a whole.</summary>
internal sealed class GeneratedMessage : Stream
{
    private const string Place = "UExBQ0U=";

    private readonly IncrementalHash _sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _start;
    private readonly byte[] _line;
    private readonly byte[] _end;
    private readonly long _lines;
    private long _position;

    /// <param name="length">Of the message.</param>
    /// <param name="inCData">Whether the file's content is one CDATA section.</param>
    public GeneratedMessage(long length, bool inCData = false)
    {
        var memo = new TestMemo();
        memo.Files[0] = ("film.mp4", "video/mp4", "PLACE"u8.ToArray());
        var parts = memo.ToString().Split(Place);
        var (open, close) = inCData ? ("<![CDATA[", "]]>") : ("", "");
        (_start, _end) = (Encoding.UTF8.GetBytes(parts[0] + open), Encoding.UTF8.GetBytes(close + parts[1]));

        var bytes = new byte[57];
        new Random(3).NextBytes(bytes);
        _line = Encoding.UTF8.GetBytes(Convert.ToBase64String(bytes) + "\r\n");
        _lines = (length - _start.Length - _end.Length) / _line.Length;

        // White space makes up the length to the byte.
        _end = [.. _end, .. Enumerable.Repeat((byte)' ', (int)(length - _start.Length - _end.Length - _lines * _line.Length))];
        Length = length;
        FileLength = _lines * bytes.Length;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0L; i < _lines; i++)
            hash.AppendData(bytes);
        FileSha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public long FileLength { get; }

    public string FileSha256 { get; }

    /// <summary>Of all that was read.</summary>
    public string SentSha256 => Convert.ToHexStringLower(_sent.GetCurrentHash());

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && _position < Length)
        {
            var inLines = _position - _start.Length;
            ReadOnlySpan<byte> part = inLines < 0 ? _start.AsSpan((int)_position)
                : inLines < _lines * _line.Length ? _line.AsSpan((int)(inLines % _line.Length))
                : _end.AsSpan((int)(inLines - _lines * _line.Length));
            part = part[..Math.Min(part.Length, buffer.Length - count)];
            part.CopyTo(buffer[count..]);
            count += part.Length;
            _position += part.Length;
        }

        _sent.AppendData(buffer[..count]);
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _sent.Dispose();
        base.Dispose(disposing);
    }
}
