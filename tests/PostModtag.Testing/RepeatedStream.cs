namespace PostModtag.Testing;

/// <summary>A head, as many times a unit as there is room for, and a tail: bytes of any length that are made as they are read, and nowhere as a whole.</summary>
public class RepeatedStream(byte[] head, byte[] unit, byte[] tail, long length) : Stream
{
    private readonly long _tailAt = head.Length + Math.Max(0, length - head.Length - tail.Length) / unit.Length * unit.Length;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _tailAt + tail.Length;

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
            ReadOnlySpan<byte> part = _position < head.Length ? head.AsSpan((int)_position)
                : _position < _tailAt ? unit.AsSpan((int)((_position - head.Length) % unit.Length))
                : tail.AsSpan((int)(_position - _tailAt));
            part = part[..Math.Min(part.Length, buffer.Length - count)];
            part.CopyTo(buffer[count..]);
            count += part.Length;
            _position += part.Length;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
