using PostModtag.Domain.Messages;

namespace PostModtag.Application.Storage;

/// <summary>
/// Keeps bytes under their SHA-256: the messages' XML, and of their files those that cannot be decoded from where they stand in it.
/// </summary>
public interface IContentStore
{
    /// <summary>Begins to stage the contents of one message: written as they come, in bounded memory, not yet kept.</summary>
    IStagedContents Stage();

    /// <summary>Opens kept bytes for reading, forwards.</summary>
    /// <exception cref="IOException">They are not there, or cannot be read.</exception>
    Task<Stream> OpenReadAsync(ContentReference content, CancellationToken cancellationToken);

    /// <summary>Opens a message's file, decoded, for reading forwards.</summary>
    /// <param name="xml">The message's XML.</param>
    /// <param name="file">One of the message's files.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">Its bytes are not there, or cannot be read.</exception>
    Task<Stream> OpenFileAsync(ContentReference xml, MessageFile file, CancellationToken cancellationToken);
}

/// <summary>
/// The contents of one message on their way in. A store keeps them together with the message; disposed before that,
/// nothing of them is left.
/// </summary>
public interface IStagedContents : IAsyncDisposable
{
    /// <summary>Begins the next content. Contents may be written side by side.</summary>
    IContentWriter Add();
}

/// <summary>One content on its way in.</summary>
public interface IContentWriter
{
    /// <summary>Appends bytes.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Opens what has been written so far, for reading from its beginning; nothing is written meanwhile.</summary>
    Task<Stream> OpenWrittenAsync(CancellationToken cancellationToken);

    /// <summary>Ends the content and says where it will be. Not durable before the store has kept it.</summary>
    ValueTask<ContentReference> CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Drops the content: it will not be kept.</summary>
    void Discard();
}
