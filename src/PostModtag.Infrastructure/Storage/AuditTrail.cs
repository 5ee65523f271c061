using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;

namespace PostModtag.Infrastructure.Storage;

/// <summary>The audit trail in the database, which lets nobody change or delete an entry.</summary>
internal sealed class AuditTrail(IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer) : IAuditTrail
{
    private const int Batch = 500;

    /// <inheritdoc />
    public Task AddAsync(AuditEntry entry, CancellationToken cancellationToken) => writer.TransactAsync(
        async database =>
        {
            database.Add(entry);
            return await database.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<AuditEntry>> FindAsync(IReadOnlyCollection<string>? among, string? authority, string? fagsystem, long? beforeId, int count, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        IQueryable<AuditEntry> entries = database.AuditEntries;
        if (among is not null)
            entries = entries.Where(entry => among.Contains(entry.Authority!));
        if (authority is not null)
            entries = entries.Where(entry => entry.Authority == authority);
        if (fagsystem is not null)
            entries = entries.Where(entry => entry.Fagsystem == fagsystem);
        if (beforeId is { } before)
            entries = entries.Where(entry => entry.Id < before);
        return await entries.OrderByDescending(entry => entry.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<AuditEntry> ReadAsync(
        IReadOnlyCollection<string>? among, DateTimeOffset? from, DateTimeOffset? before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // In batches, so that no reading of the database stays open as long as the caller takes.
        var after = 0L;
        List<AuditEntry> entries;
        do
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var query = database.AuditEntries.Where(entry => entry.Id > after);
            if (among is not null)
                query = query.Where(entry => among.Contains(entry.Authority!));
            if (from is { } first)
                query = query.Where(entry => entry.At >= first);
            if (before is { } end)
                query = query.Where(entry => entry.At < end);
            entries = await query.OrderBy(entry => entry.Id).Take(Batch).ToListAsync(cancellationToken);
            foreach (var entry in entries)
                yield return entry;
            after = entries.Count > 0 ? entries[^1].Id : after;
        }
        while (entries.Count == Batch);
    }
}
