using System.Buffers;
using PostModtag.Application.Storage;

namespace PostModtag.Infrastructure.Memo;

/// <summary>The body is larger than is taken.</summary>
internal sealed class BodyTooLargeException : Exception;

/// <summary>A tag, or what stands between two, is longer than is taken.</summary>
internal sealed class MarkupTooLongException : Exception;

/// <summary>Hands a body on and keeps every byte that passes, up to a limit. What has passed can be had once more.</summary>
internal sealed class RecordingStream(Stream body, IContentWriter copy, long maxLength) : ReadingStream
{
    private ReadOnlyMemory<byte> _peeked;
    private Stream? _again;
    private long _length;

    /// <summary>Bounds what is handed on; null where whoever reads does so.</summary>
    public MarkupAllowance? Allowance { get; set; }

    /// <summary>Looks at the body's first bytes, before anything is read.</summary>
    public async Task<ReadOnlyMemory<byte>> PeekAsync(int length, CancellationToken cancellationToken)
    {
        var start = new byte[length];
        var count = await body.ReadAtLeastAsync(start, length, throwOnEndOfStream: false, cancellationToken);
        return _peeked = start.AsMemory(0, count);
    }

    /// <summary>Begins again: what has passed is handed on once more, and then what is still to come.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (_length > 0)
            _again = await copy.OpenWrittenAsync(cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_again is not null)
        {
            var known = await _again.ReadAsync(buffer, cancellationToken);
            if (known > 0)
            {
                Allowance?.Take(known);
                return known;
            }

            await EndAgainAsync();
        }

        var count = await ReadBodyAsync(buffer, cancellationToken);
        if ((_length += count) > maxLength)
            throw new BodyTooLargeException();
        if (count > 0)
            await copy.WriteAsync(buffer[..count], cancellationToken);
        Allowance?.Take(count);
        return count;
    }

    /// <summary>Reads what the XML reader has left, so that the copy is whole.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var rest = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            await EndAgainAsync();
            while (await ReadAsync(rest, cancellationToken) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await EndAgainAsync();
        await base.DisposeAsync();
    }

    private async ValueTask EndAgainAsync()
    {
        if (_again is not null)
            await _again.DisposeAsync();
        _again = null;
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
}
