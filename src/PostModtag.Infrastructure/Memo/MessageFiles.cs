using PostModtag.Application.Storage;
using PostModtag.Domain.Memo;

namespace PostModtag.Infrastructure.Memo;

/// <summary>The files of a message that is being read: each is decoded as it comes, or was taken out by the cutter before.</summary>
internal sealed class MessageFiles(IStagedContents contents, CancellationToken cancellationToken)
{
    /// <summary>The most that are taken: each costs a row or a file of its own.</summary>
    public const int Most = 1_000;

    private readonly List<IContentWriter> _decoded = [];
    private Base64Decoder? _decoder;
    private int _count;

    /// <summary>Begins the next; false, and nothing is begun, when there are as many as are taken.</summary>
    public bool TryBegin()
    {
        if (_count == Most)
            return false;
        _count++;
        return true;
    }

    /// <summary>Decodes a piece of the one that is open.</summary>
    public ValueTask DecodeAsync(OpenElement open, ReadOnlySpan<char> piece) => WriteAsync(open, Decoder(open).Decode(piece));

    /// <summary>Ends the one that is open. False, and nothing of it is kept, when it is no Base64.</summary>
    public async ValueTask<bool> EndAsync(OpenElement open)
    {
        if (open.Cut is { } cut)
        {
            open.Element.Content = new FileContent(_count, cut.DecodedLength, cut.Sha256, cut.Place);
            return true;
        }

        await WriteAsync(open, Decoder(open).Complete());
        if (_decoder!.Failed)
        {
            open.Content!.Discard();
            return false;
        }

        var content = await open.Content!.CompleteAsync(cancellationToken);
        open.Element.Content = new FileContent(_count, content.Length, content.Sha256);
        return true;
    }

    /// <summary>Drops those that were decoded: of a message that breaks the schema only the XML is kept.</summary>
    public void Discard() => _decoded.ForEach(file => file.Discard());

    /// <summary>Gives back what decoding took, when the message is at its end.</summary>
    public void Close() => _decoder?.Dispose();

    /// <summary>The decoder, begun anew with each file.</summary>
    private Base64Decoder Decoder(OpenElement open)
    {
        if (open.Content is not null)
            return _decoder!;
        (_decoder ??= new Base64Decoder()).Reset();
        open.Content = contents.Add();
        _decoded.Add(open.Content);
        return _decoder;
    }

    private ValueTask WriteAsync(OpenElement open, ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? default : open.Content!.WriteAsync(bytes, cancellationToken);
}
