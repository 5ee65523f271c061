using System.Text;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>Receive one message: what EP_FS1's operation ReceiveMessage does.</summary>
public sealed class ReceiveMessageCommand : IRequest<ReceiveMessageResult>, IOfEveryone
{
    /// <summary>The body; read once, as it comes.</summary>
    public required Stream Body { get; init; }

    /// <summary>The Content-Type of the body, to be passed on with it.</summary>
    public required string ContentType { get; init; }

    /// <summary>The charset that the Content-Type names; null when it names none.</summary>
    public Encoding? Charset { get; init; }

    /// <summary>The messageUUID that it must have, where it was asked for; null for any.</summary>
    public Guid? ExpectedMessageUuid { get; init; }

    /// <summary>The x-TransaktionsId of the call.</summary>
    public required Guid TransactionId { get; init; }
}

/// <summary>The three outcomes, and no fourth.</summary>
public abstract class ReceiveMessageResult
{
    private ReceiveMessageResult()
    {
    }

    /// <summary>Accepted or rejected, or held; the message is on disk, with its receipt when that is final.</summary>
    public sealed class Answered(Receipt receipt) : ReceiveMessageResult
    {
        /// <summary>The receipt, the same however often the message comes; the one of a held message gives way to the final one.</summary>
        public Receipt Receipt { get; } = receipt;
    }

    /// <summary>The body was no message; nothing is kept.</summary>
    public sealed class NotAMessage(NotAMessageReason reason, int line, int column) : ReceiveMessageResult
    {
        /// <summary>Why.</summary>
        public NotAMessageReason Reason { get; } = reason;

        /// <summary>The line at which it showed, from 1; 0 when it is no matter of a place.</summary>
        public int Line { get; } = line;

        /// <summary>The column at which it showed, from 1; 0 when it is no matter of a place.</summary>
        public int Column { get; } = column;
    }

    /// <summary>The fagsystem gave no answer; the message is on disk, and sending it again is safe.</summary>
    public sealed class Undecided(TimeSpan? retryAfter = null) : ReceiveMessageResult
    {
        /// <summary>How long the fagsystem asked to be left alone, where it did.</summary>
        public TimeSpan? RetryAfter { get; } = retryAfter;
    }
}
