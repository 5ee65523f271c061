namespace PostModtag.Domain.Messages;

/// <summary>
/// The receipt (kvittering) of one message, with the fields of Digital Post's own Receipt. Once made it never changes.
/// </summary>
/// <param name="TransmissionId">Made once a message; the same however often the message is sent.</param>
/// <param name="MessageUuid">The message's messageUUID.</param>
/// <param name="MessageId">The message's messageID, where it has one.</param>
/// <param name="Status">What was decided.</param>
/// <param name="ErrorCode">Why the message was rejected, a code of the contract's closed list; null when it was not. Never empty.</param>
/// <param name="ErrorMessage">The reason in Danish and English; null when the message was not rejected. Never empty.</param>
/// <param name="TimeStamp">When the receipt was made, UTC, to the millisecond.</param>
public sealed record Receipt(
    Guid TransmissionId,
    Guid MessageUuid,
    string? MessageId,
    ReceiptStatus Status,
    string? ErrorCode,
    string? ErrorMessage,
    DateTimeOffset TimeStamp)
{
    /// <summary>The status only: the texts may say something of the message.</summary>
    public override string ToString() => $"Receipt {Status}";
}

/// <summary>What a receipt says, as Digital Post's receiptStatus.</summary>
public enum ReceiptStatus
{
    /// <summary>COMPLETED: accepted.</summary>
    Completed,

    /// <summary>INVALID: rejected, not a valid message.</summary>
    Invalid,

    /// <summary>NOT_ALLOWED: rejected, not permitted.</summary>
    NotAllowed,

    /// <summary>RECEIVED: taken in and not finished; the final receipt follows.</summary>
    Received,
}
