using PostModtag.Domain.Reconciliation;

namespace PostModtag.Application.Reconciliation;

/// <summary>The days' records, and what they are made of.</summary>
public interface IReconciliationStore
{
    /// <summary>The authorities that have messages, or records, each with its last record and the moment its first message came.</summary>
    Task<IReadOnlyList<ReconciledAuthority>> FindAuthoritiesAsync(CancellationToken cancellationToken);

    /// <summary>Counts a period.</summary>
    /// <param name="authority">The authority's CVR number, or <see cref="ReconciliationRecord.Others"/>.</param>
    /// <param name="begin">Its first moment, UTC.</param>
    /// <param name="before">The moment that it ends before, UTC.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<DayFacts> CountAsync(string authority, DateTimeOffset begin, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Keeps a record. False, and nothing is kept, when the authority has one of that number: another node was first.</summary>
    Task<bool> AddAsync(ReconciliationRecord record, CancellationToken cancellationToken);

    /// <summary>An authority's records from a number on, in their order.</summary>
    Task<IReadOnlyList<ReconciliationRecord>> FindAsync(string authority, int afterNumber, int count, CancellationToken cancellationToken);
}

/// <summary>An authority, and how far its records go.</summary>
/// <param name="Authority">Its CVR number, or <see cref="ReconciliationRecord.Others"/>.</param>
/// <param name="Last">Its last record; null when it has none.</param>
/// <param name="FirstReceivedAt">When the first of its messages that are kept was received, UTC; null when none is.</param>
public sealed record ReconciledAuthority(string Authority, ReconciliationRecord? Last, DateTimeOffset? FirstReceivedAt);
