using PostModtag.Application.Storage;

namespace PostModtag.Infrastructure.Memo;

/// <summary>The body is larger than is taken.</summary>
internal sealed class BodyTooLargeException : Exception;

/// <summary>A tag, or what stands between two, is longer than is taken.</summary>
internal sealed class MarkupTooLongException : Exception;

/// <summary>Hands a body on to the XML reader and keeps every byte that passes, up to a limit.</summary>
internal sealed class RecordingStream(Stream body, IContentWriter copy, long maxLength) : Stream
{
    private ReadOnlyMemory<byte> _peeked;
    private long _length;

    /// <summary>How many more bytes are handed on. The XML reader holds a tag whole, so its length has to be bounded here.</summary>
    public long Allowance { get; set; } = long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Looks at the body's first bytes, before anything is read.</summary>
    public async Task<ReadOnlyMemory<byte>> PeekAsync(int length, CancellationToken cancellationToken)
    {
        var start = new byte[length];
        var count = await body.ReadAtLeastAsync(start, length, throwOnEndOfStream: false, cancellationToken);
        return _peeked = start.AsMemory(0, count);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await ReadBodyAsync(buffer, cancellationToken);
        if ((_length += count) > maxLength)
            throw new BodyTooLargeException();
        if (count > 0)
            await copy.WriteAsync(buffer[..count], cancellationToken);
        if ((Allowance -= count) < 0)
            throw new MarkupTooLongException();
        return count;
    }

    private async ValueTask<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_peeked.IsEmpty)
            return await body.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(_peeked.Length, buffer.Length);
        _peeked[..count].CopyTo(buffer);
        _peeked = _peeked[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Reads what the XML reader has left, so that the copy is whole.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var rest = new byte[81_920];
        while (await ReadAsync(rest, cancellationToken) > 0)
        {
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
