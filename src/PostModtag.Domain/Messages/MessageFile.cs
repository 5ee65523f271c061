using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Messages;

/// <summary>A file of a message: what the message says of it, and where its bytes are.</summary>
public sealed class MessageFile
{
    private MessageFile()
    {
    }

    /// <summary>The file's number in the message, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The kind of document that it belongs to.</summary>
    public DocumentKind Document { get; private set; }

    /// <summary>Its name, without path parts.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>The MIME type that the message declares.</summary>
    public string EncodingFormat { get; private set; } = "";

    /// <summary>The language that the message declares, two letters.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Its decoded bytes.</summary>
    public ContentReference Content { get; private set; } = null!;

    /// <summary>Where it stands in the message's XML; null where its bytes are kept by themselves.</summary>
    public ContentPlace? InXml { get; private set; }

    /// <summary>The file as the message has it.</summary>
    public static MessageFile Of(MemoFileInDocument source) => new()
    {
        Number = source.File.Content.Number,
        Document = source.Document,
        FileName = source.File.Filename,
        EncodingFormat = source.File.EncodingFormat,
        Language = source.File.Language,
        Content = new ContentReference(source.File.Content.Sha256, source.File.Content.Length),
        InXml = source.File.Content.InXml,
    };
}
