using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Storage;

/// <summary>A message as lists show it, without what is long.</summary>
/// <param name="Id">Its place in the order of messages.</param>
/// <param name="MessageUuid">Its messageUUID.</param>
/// <param name="ReceivedAt">When it was first received, UTC.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Concern">Whether somebody must see to it.</param>
/// <param name="Summary">The fields by which people find it.</param>
/// <param name="Size">The size of its XML in bytes.</param>
/// <param name="FileCount">How many files it has.</param>
/// <param name="MemoVersion">The version of MeMo; null where there is no schema for it.</param>
/// <param name="Fagsystem">The key of the fagsystem that it is for; null until one is designated.</param>
/// <param name="ErrorCode">Why it was rejected; null where it was not.</param>
public sealed record ListedMessage(
    long Id, Guid MessageUuid, DateTimeOffset ReceivedAt, MessageState State, DeliveryConcern Concern, MessageSummary Summary, long Size, int FileCount,
    string? MemoVersion, string? Fagsystem, string? ErrorCode)
{
    /// <summary>The messageUUID only: the fields are personal data.</summary>
    public override string ToString() => $"{nameof(ListedMessage)} {MessageUuid}";
}
