using PostModtag.Domain.Messages;

namespace PostModtag.Application.Fagsystemer;

/// <summary>A fagsystem's answer: it takes the message, or rejects it with a reason.</summary>
public sealed class FagsystemAnswer
{
    /// <summary>The longest reason that is passed on, in characters; a longer one is cut.</summary>
    public const int MaxReasonLength = 2_000;

    private FagsystemAnswer(Rejection? rejection) => Rejection = rejection;

    /// <summary>Why the message is rejected; null when it is taken.</summary>
    public Rejection? Rejection { get; }

    /// <summary>The fagsystem has taken the message.</summary>
    public static FagsystemAnswer Accept() => new(null);

    /// <summary>
    /// The fagsystem does not take the message, for good. The receipt says <c>NOT_ALLOWED</c> with the error code
    /// <c>REJECTED_BY_FAGSYSTEM</c>.
    /// </summary>
    /// <param name="reason">Why, for the sender to read: Danish, without personal data. Not empty.</param>
    public static FagsystemAnswer Reject(string reason) => Reject(reason, ReceiptStatus.NotAllowed);

    /// <summary>
    /// The fagsystem finds the message itself wrong. The receipt says <c>INVALID</c> with the error code
    /// <c>REJECTED_BY_FAGSYSTEM</c>.
    /// </summary>
    /// <param name="reason">What is wrong, for the sender to read: Danish, without personal data. Not empty.</param>
    public static FagsystemAnswer RejectAsInvalid(string reason) => Reject(reason, ReceiptStatus.Invalid);

    private static FagsystemAnswer Reject(string reason, ReceiptStatus status)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new FagsystemAnswer(Rejection.ByFagsystem(ReceiptText.Writable(reason, MaxReasonLength), status));
    }
}
