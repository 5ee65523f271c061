using System.Text;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Memo;

/// <summary>Reads a MeMo message once, from a stream, in bounded memory.</summary>
public interface IMemoReader
{
    /// <summary>
    /// Reads the body to its end: keeps its bytes, decodes its files into the content store, checks everything the
    /// schema of its version says, and makes the model. What was staged is discarded with the result unless the store
    /// takes it over.
    /// </summary>
    /// <param name="body">The body; read forwards, once, not disposed.</param>
    /// <param name="charset">The charset of the Content-Type, which overrules the XML declaration; null when it had none.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is left behind.</param>
    /// <exception cref="IOException">The body, or the disk, failed.</exception>
    Task<MemoReading> ReadAsync(Stream body, Encoding? charset, CancellationToken cancellationToken);
}

/// <summary>What reading a body gave: a message, or none. Dispose it to discard what the store has not taken over.</summary>
public abstract class MemoReading : IAsyncDisposable
{
    private MemoReading()
    {
    }

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <summary>A body with a readable messageUUID: a message, valid or not.</summary>
    public sealed class Message(ReceivedMemo memo, IStagedContents contents) : MemoReading
    {
        /// <summary>What was read.</summary>
        public ReceivedMemo Memo { get; } = memo;

        /// <summary>The body's and the files' bytes, waiting to be kept.</summary>
        public IStagedContents Contents { get; } = contents;

        /// <inheritdoc />
        public override ValueTask DisposeAsync() => Contents.DisposeAsync();
    }

    /// <summary>No message: nothing of it is kept.</summary>
    public sealed class NotAMessage(NotAMessageReason reason, int line, int column) : MemoReading
    {
        /// <summary>Why.</summary>
        public NotAMessageReason Reason { get; } = reason;

        /// <summary>The line at which it showed, from 1; 0 when it is no matter of a place.</summary>
        public int Line { get; } = line;

        /// <summary>The column at which it showed, from 1; 0 when it is no matter of a place.</summary>
        public int Column { get; } = column;

        /// <inheritdoc />
        public override ValueTask DisposeAsync() => default;
    }
}

/// <summary>Why a body is no message.</summary>
public enum NotAMessageReason
{
    /// <summary>It is not well-formed XML.</summary>
    NotXml,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>It has a document type declaration.</summary>
    HasDocumentType,

    /// <summary>It has no MessageHeader/messageUUID that is a UUID.</summary>
    MessageUuidMissing,

    /// <summary>It is a message, and another one than was asked for; not of what a sender posts.</summary>
    OtherMessage,

    /// <summary>It is larger than <see cref="PostModtagOptions.MaxMessageBytes"/>.</summary>
    TooLarge,
}
