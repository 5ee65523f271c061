using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.Storage;

/// <summary>Everything that is known of a message, as it was at one moment.</summary>
/// <param name="Message">The message.</param>
/// <param name="RefusedCopies">All bodies that were refused under its messageUUID, the oldest first.</param>
/// <param name="Attempts">The times that its fagsystem was asked, the first first.</param>
/// <param name="Outbox">What is told to others of it, the oldest first.</param>
public sealed record WholeMessage(Message Message, IReadOnlyList<RefusedCopy> RefusedCopies, IReadOnlyList<DeliveryAttempt> Attempts, IReadOnlyList<OutboxEntry> Outbox);
