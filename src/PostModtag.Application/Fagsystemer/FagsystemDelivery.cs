using PostModtag.Application.Storage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Fagsystemer;

/// <summary>A message on its way to a fagsystem: its header, its files and its XML.</summary>
public sealed class FagsystemDelivery
{
    private readonly Message _message;
    private readonly IContentStore _contents;

    internal FagsystemDelivery(Message message, IContentStore contents)
    {
        _message = message;
        _contents = contents;
        Memo = message.Memo ?? throw new ArgumentException("Only a valid message is delivered.", nameof(message));
        Files = [.. message.Files.Select(file => new DeliveredFile(message.Xml, file, contents))];
    }

    /// <summary>The message's messageUUID: the same each time the message comes.</summary>
    public Guid MessageUuid => _message.MessageUuid;

    /// <summary>The x-TransaktionsId under which the message first came: the same each time the message comes.</summary>
    public Guid TransactionId => _message.TransactionId;

    /// <summary>MeMo's MessageHeader: sender, recipient, contact point, KLE and the rest.</summary>
    public MemoHeader Header => Memo.MessageHeader;

    /// <summary>The whole message without the files' contents.</summary>
    public MemoMessage Memo { get; }

    /// <summary>The files in the order of the message; the main document's come first.</summary>
    public IReadOnlyList<DeliveredFile> Files { get; }

    /// <summary>Opens the message's XML, byte for byte as it came. Dispose the stream.</summary>
    public Task<Stream> OpenXmlAsync(CancellationToken cancellationToken) => _contents.OpenReadAsync(_message.Xml, cancellationToken);
}

/// <summary>A file of a message on its way to a fagsystem.</summary>
public sealed class DeliveredFile
{
    private readonly ContentReference _xml;
    private readonly MessageFile _file;
    private readonly IContentStore _contents;

    internal DeliveredFile(ContentReference xml, MessageFile file, IContentStore contents)
    {
        _xml = xml;
        _file = file;
        _contents = contents;
    }

    /// <summary>The file's number in the message, from 1.</summary>
    public int Number => _file.Number;

    /// <summary>The kind of document that it belongs to.</summary>
    public DocumentKind Document => _file.Document;

    /// <summary>Its name; it has been checked to have no path parts and no control characters.</summary>
    public string FileName => _file.FileName;

    /// <summary>The MIME type that the sender declares; nobody has checked that the bytes are that.</summary>
    public string EncodingFormat => _file.EncodingFormat;

    /// <summary>Its language, two letters.</summary>
    public string Language => _file.Language;

    /// <summary>Its decoded size in bytes.</summary>
    public long Length => _file.Content.Length;

    /// <summary>SHA-256 of its decoded bytes, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => _file.Content.Sha256;

    /// <summary>Opens the decoded bytes. Dispose the stream.</summary>
    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken) => _contents.OpenFileAsync(_xml, _file, cancellationToken);
}
