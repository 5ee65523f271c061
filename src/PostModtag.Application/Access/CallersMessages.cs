using PostModtag.Application.Administration;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Access;

/// <summary>
/// The messages that the caller may see: for it, those to other authorities are not there. What it sees of one is in the audit trail
/// before it sees it.
/// </summary>
internal sealed class CallersMessages(IMessageStore store, IAuditTrail audit, ICaller caller, TimeProvider clock)
{
    /// <summary>The message with that messageUUID, of which the caller is told nothing; null when there is none that it may see.</summary>
    public async Task<Message?> FindAsync(Guid messageUuid, CancellationToken cancellationToken) =>
        await store.FindAsync(messageUuid, cancellationToken) is { } message && MaySee(message) ? message : null;

    /// <summary>The message with that messageUUID, to be shown; null when there is none that the caller may see.</summary>
    /// <param name="messageUuid">The messageUUID.</param>
    /// <param name="what">What of it is shown, for the audit trail: <c>XML</c>, <c>file 2</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Message?> ViewAsync(Guid messageUuid, string what, CancellationToken cancellationToken)
    {
        var message = await FindAsync(messageUuid, cancellationToken);
        if (message is not null)
            await RecordAsync(message, what, cancellationToken);
        return message;
    }

    /// <summary>Everything that is known of it, to be shown; null when there is none that the caller may see.</summary>
    public async Task<WholeMessage?> ViewWholeAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        if (await store.FindWholeAsync(messageUuid, cancellationToken) is not { } whole || !MaySee(whole.Message))
            return null;
        await RecordAsync(whole.Message, "fields", cancellationToken);
        return whole;
    }

    private bool MaySee(Message message) => caller.Authorities.Includes(message.Summary.RecipientId);

    private Task RecordAsync(Message message, string what, CancellationToken cancellationToken) => audit.AddAsync(
        new AuditEntry(clock.GetUtcNow(), caller.Name, AuditAction.MessageViewed, message.Authority, message.Fagsystem, $"message {message.MessageUuid}: {what}"),
        cancellationToken);
}
