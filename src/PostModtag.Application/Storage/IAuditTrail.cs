using PostModtag.Domain.Audit;

namespace PostModtag.Application.Storage;

/// <summary>The audit trail. It only grows. What changes something else in the same moment is kept together with that, by its own store.</summary>
public interface IAuditTrail
{
    /// <summary>Keeps an entry, durably.</summary>
    Task AddAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Entries of the audit trail, the newest first, from below <paramref name="beforeId"/>. Only those about one of
    /// <paramref name="among"/>, where it is not null.
    /// </summary>
    Task<IReadOnlyList<AuditEntry>> FindAsync(IReadOnlyCollection<string>? among, string? authority, string? fagsystem, long? beforeId, int count, CancellationToken cancellationToken);

    /// <summary>All entries of these authorities in a period, the oldest first, one after the other.</summary>
    /// <param name="among">The authorities' CVR numbers; null for all, and for what is of none.</param>
    /// <param name="from">The first moment, UTC; null for the beginning.</param>
    /// <param name="before">The moment that the period ends before, UTC; null for now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    IAsyncEnumerable<AuditEntry> ReadAsync(IReadOnlyCollection<string>? among, DateTimeOffset? from, DateTimeOffset? before, CancellationToken cancellationToken);
}
