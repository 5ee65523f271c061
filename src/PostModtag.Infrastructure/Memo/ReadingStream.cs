namespace PostModtag.Infrastructure.Memo;

/// <summary>A stream that is read forwards, asynchronously, and nothing else.</summary>
internal abstract class ReadingStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>How many more bytes the XML reader may be given. It holds a tag whole, so its length has to be bounded where the bytes come from.</summary>
/// <param name="most">The most bytes, or a little more, that are given to come to the next tag or text.</param>
internal sealed class MarkupAllowance(int most)
{
    private long _left = long.MaxValue;

    /// <summary>From here on to the next tag or text.</summary>
    public void Begin() => _left = most;

    /// <summary>It came.</summary>
    public void End() => _left = long.MaxValue;

    /// <exception cref="MarkupTooLongException">It is used up.</exception>
    public void Take(int count)
    {
        if ((_left -= count) < 0)
            throw new MarkupTooLongException();
    }
}
