using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostModtag.Application.Outbox;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Outbox;

namespace PostModtag.Infrastructure.Storage;

/// <summary>What is still to be told of decided messages, in the database.</summary>
internal sealed class OutboxStore(IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer) : IOutbox
{
    public const string Table = "Outbox";

    public static void Configure(EntityTypeBuilder<OutboxEntry> entry)
    {
        entry.ToTable(Table);
        entry.HasIndex(row => new { row.MessageUuid, row.Fagsystem }).IsUnique();

        // Nothing is like NULL, not even NULL: the one receipt of a message has an index of its own.
        entry.HasIndex(row => row.MessageUuid).IsUnique().HasFilter("\"Fagsystem\" IS NULL");
        entry.HasIndex(row => new { row.State, row.NextAttemptAt });
        entry.HasIndex(row => new { row.State, row.Fagsystem, row.Id });
        entry.Property(row => row.Fagsystem).HasMaxLength(64);
        entry.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        entry.Property(row => row.Reason).HasConversion<string>().HasMaxLength(32);
        entry.Property(row => row.AnswerCode).HasMaxLength(OutboxEntry.MaxAnswerCode);
        entry.Property(row => row.AnswerText).HasMaxLength(OutboxEntry.MaxAnswerText);
        entry.Property(row => row.Revision).IsConcurrencyToken();
        entry.Property<DateTimeOffset?>(Leases.Until);
        entry.Ignore(row => row.Kind);
    }

    /// <inheritdoc />
    public async Task<OutboxEntry?> FindNextReceiptAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entry = await database.Outbox.Where(entry => entry.State == OutboxState.Waiting && entry.Fagsystem == null).OrderBy(entry => entry.Id).FirstOrDefaultAsync(cancellationToken);
        await writer.SettleAsync();
        return entry;
    }

    /// <inheritdoc />
    public Task<OutboxEntry?> TakeDueCopyAsync(DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken) => writer.TransactAsync(
        async database =>
        {
            return await Leases.TakeCopyAsync(database, now, until, butNotFor, cancellationToken) is { } id
                ? await database.Outbox.SingleAsync(entry => entry.Id == id, cancellationToken)
                : null;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task AddAsync(OutboxEntry entry, CancellationToken cancellationToken) => writer.TransactAsync(
        async database =>
        {
            if (await database.Outbox.AnyAsync(known => known.MessageUuid == entry.MessageUuid && known.Fagsystem == entry.Fagsystem, cancellationToken))
                return 0;
            database.Add(entry);
            return await database.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<OutboxEntry?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Outbox.SingleOrDefaultAsync(entry => entry.Id == id, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<OutboxEntry>> FindOfMessageAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Outbox.Where(entry => entry.MessageUuid == messageUuid).OrderBy(entry => entry.Id).ToListAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<OutboxEntry>> FindPageAsync(OutboxFilter filter, IReadOnlyCollection<string>? authorities, long? beforeId, int count, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        IQueryable<OutboxEntry> entries = database.Outbox;
        if (authorities is not null)
            entries = entries.Where(entry => database.Messages.Any(message => message.MessageUuid == entry.MessageUuid && authorities.Contains(message.Summary.RecipientId!)));
        if (filter.Kind is { } kind)
            entries = entries.Where(entry => kind == OutboxKind.Receipt ? entry.Fagsystem == null : entry.Fagsystem != null);
        if (filter.State is { } state)
            entries = entries.Where(entry => entry.State == state);
        if (filter.Fagsystem is { } fagsystem)
            entries = entries.Where(entry => entry.Fagsystem == fagsystem);
        if (beforeId is { } before)
            entries = entries.Where(entry => entry.Id < before);
        return await entries.OrderByDescending(entry => entry.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<bool> HasWaitingAsync(string fagsystem, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Outbox.AnyAsync(entry => entry.State == OutboxState.Waiting && entry.Fagsystem == fagsystem, cancellationToken);
    }

    /// <inheritdoc />
    public async Task UpdateAsync(OutboxEntry entry, AuditEntry? audit, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(
                database =>
                {
                    var row = database.Update(entry);
                    row.Property(changed => changed.Revision).OriginalValue = entry.Revision;
                    row.Property(changed => changed.Revision).CurrentValue = entry.Revision + 1;
                    row.Property<DateTimeOffset?>(Leases.Until).IsModified = true;
                    if (audit is not null)
                        database.Add(audit);
                    return database.SaveChangesAsync(cancellationToken);
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException exception)
        {
            throw new InvalidOperationException($"What is to be told of message {entry.MessageUuid} was changed by another meanwhile.", exception);
        }
    }
}
