namespace PostModtag.Domain.Messages;

/// <summary>
/// Another body that came under the messageUUID of a message: rejected, and kept with its receipt, so that it too gets
/// the same answer when it is sent again. The message itself is untouched.
/// </summary>
public sealed class RefusedCopy
{
    private RefusedCopy()
    {
    }

    /// <summary>Given by the store.</summary>
    public long Id { get; private set; }

    /// <summary>The messageUUID that was used again.</summary>
    public Guid MessageUuid { get; private set; }

    /// <summary>When it was first received, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>SHA-256 of its bytes.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>How many bytes it has.</summary>
    public long Length { get; private set; }

    /// <summary>Its receipt, with a transmissionId of its own.</summary>
    public Receipt Receipt { get; private set; } = null!;

    /// <summary>A body that has just been read and found to reuse a messageUUID.</summary>
    public static RefusedCopy Refuse(ReceivedMemo memo, DateTimeOffset now) => new()
    {
        MessageUuid = memo.MessageUuid,
        ReceivedAt = Message.ToMilliseconds(now),
        Sha256 = memo.Xml.Sha256,
        Length = memo.Xml.Length,
        Receipt = Message.Rejected(Guid.NewGuid(), memo.MessageUuid, memo.Summary.MessageId, Rejection.For(ReceiptError.MessageUuidReused), now),
    };
}
