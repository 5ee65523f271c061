using System.Buffers;
using PostModtag.Application.Storage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Memo;

namespace PostModtag.Infrastructure.Storage;

/// <summary>A message's file, decoded from where it stands in the message's XML, so that its bytes are kept only once.</summary>
internal sealed class FileInXml : ReadingStream
{
    private readonly Stream _xml;
    private readonly Base64Decoder _decoder = new();
    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(Base64Decoder.MaxPiece);
    private ReadOnlyMemory<byte> _decoded;
    private long _left;
    private bool _isEnd;
    private bool _isDisposed;

    private FileInXml(Stream xml, ContentPlace place, long length)
    {
        (_xml, _left, Length) = (xml, place.Length, length);
        _xml.Position = place.Offset;
    }

    /// <summary>How many bytes the file has.</summary>
    public override long Length { get; }

    /// <summary>Opens a file, wherever it is kept.</summary>
    /// <exception cref="IOException">Its bytes are not there, or cannot be read.</exception>
    public static async Task<Stream> OpenAsync(IContentStore contents, ContentReference xml, MessageFile file, CancellationToken cancellationToken) => file.InXml is { } place
        ? new FileInXml(await contents.OpenReadAsync(xml, cancellationToken), place, file.Content.Length)
        : await contents.OpenReadAsync(file.Content, cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_decoded.IsEmpty && !_isEnd)
            await DecodeAsync(cancellationToken);
        var count = Math.Min(buffer.Length, _decoded.Length);
        _decoded[..count].CopyTo(buffer);
        _decoded = _decoded[count..];
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _decoder.Dispose();
        ArrayPool<byte>.Shared.Return(_piece);
        await _xml.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private async ValueTask DecodeAsync(CancellationToken cancellationToken)
    {
        if (_left == 0)
        {
            _decoded = _decoder.Complete();
            _isEnd = true;
        }
        else
        {
            var count = await _xml.ReadAsync(_piece.AsMemory(0, (int)Math.Min(_left, Base64Decoder.MaxPiece)), cancellationToken);
            if (count == 0)
                throw new IOException("The message's XML ends within one of its files.");
            _left -= count;
            _decoded = _decoder.Decode(_piece.AsSpan(0, count));
        }

        if (_decoder.Failed)
            throw new IOException("Where a file is to stand in the message's XML there is no Base64.");
    }
}
