using PostModtag.Domain.Audit;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.Outbox;

/// <summary>
/// What is still to be told of messages that are decided. The message store adds it, in the transaction that decides the message;
/// what a method here has returned from is durable.
/// </summary>
public interface IOutbox
{
    /// <summary>The first receipt that waits, in the order in which messages were decided, due or not; null when none does.</summary>
    Task<OutboxEntry?> FindNextReceiptAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes the copy that has been due longest, so that no other node takes it for a while, or until it is changed; null when there
    /// is none.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="until">How long others leave it alone, should this node say nothing more.</param>
    /// <param name="butNotFor">Keys of fagsystemer that are to be left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<OutboxEntry?> TakeDueCopyAsync(DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken);

    /// <summary>Keeps a new entry, where the message has none like it; else does nothing.</summary>
    Task AddAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>The entry with that number, or null.</summary>
    Task<OutboxEntry?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Those of a message, the first first.</summary>
    Task<IReadOnlyList<OutboxEntry>> FindOfMessageAsync(Guid messageUuid, CancellationToken cancellationToken);

    /// <summary>
    /// Those that fit the filter, the newest first, from below <paramref name="beforeId"/>. Only those of messages to
    /// <paramref name="authorities"/>, where it is not null.
    /// </summary>
    Task<IReadOnlyList<OutboxEntry>> FindPageAsync(OutboxFilter filter, IReadOnlyCollection<string>? authorities, long? beforeId, int count, CancellationToken cancellationToken);

    /// <summary>Whether copies wait for that fagsystem.</summary>
    Task<bool> HasWaitingAsync(string fagsystem, CancellationToken cancellationToken);

    /// <summary>Keeps a change, and what it says in the audit trail where a person made it.</summary>
    /// <exception cref="InvalidOperationException">The entry was changed by another since it was read; nothing is kept.</exception>
    Task UpdateAsync(OutboxEntry entry, AuditEntry? audit, CancellationToken cancellationToken);
}

/// <summary>What to look for in the outbox; all that is given must hold.</summary>
/// <param name="Kind">What is told.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Fagsystem">The key of the fagsystem that gets a copy.</param>
public sealed record OutboxFilter(OutboxKind? Kind = null, OutboxState? State = null, string? Fagsystem = null);
