namespace PostModtag.Application.Fagsystemer;

/// <summary>
/// A fagsystem (business system) in this process: the one thing a vendor writes. It is called for a message that has
/// been checked and is on disk.
/// </summary>
public interface IFagsystem
{
    /// <summary>
    /// Takes one message and says accept or reject. The answer is final and becomes the receipt.
    /// <para>
    /// A fagsystem that cannot decide now throws, or does not answer within <see cref="PostModtagOptions.DeliveryTimeout"/>:
    /// the sender is then told to send again, and the same message comes again, under the same messageUUID and
    /// transaction id. So it may come more than once until it is answered, also when an answer was lost in a crash,
    /// and a fagsystem must know a messageUUID that it has taken. It never comes again after an answer has been kept.
    /// </para>
    /// </summary>
    /// <param name="delivery">The message.</param>
    /// <param name="cancellationToken">Set when the time is up, or some seconds after the server has been told to stop; then throw.</param>
    Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken);
}
