using PostModtag.Application.Administration;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Access;

/// <summary>The messages that the caller may see: for it, those to other authorities are not there.</summary>
public sealed class CallersMessages(IMessageStore store, ICaller caller)
{
    /// <summary>The message with that messageUUID; null when there is none that the caller may see.</summary>
    public async Task<Message?> FindAsync(Guid messageUuid, CancellationToken cancellationToken) =>
        await store.FindAsync(messageUuid, cancellationToken) is { } message && caller.Authorities.Includes(message.Summary.RecipientId) ? message : null;

    /// <summary>Everything that is known of it; null when there is none that the caller may see.</summary>
    public async Task<WholeMessage?> FindWholeAsync(Guid messageUuid, CancellationToken cancellationToken) =>
        await store.FindWholeAsync(messageUuid, cancellationToken) is { } whole && caller.Authorities.Includes(whole.Message.Summary.RecipientId) ? whole : null;
}
