using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostModtag.Application.Reconciliation;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Reconciliation;
using PostModtag.Domain.Rules;

namespace PostModtag.Infrastructure.Storage.Reconciliation;

/// <summary>The days' records in the database. An authority's day is counted by ranges of indexes over recipient and time, however many messages there are.</summary>
internal sealed class ReconciliationStore(IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer) : IReconciliationStore
{
    public const string Table = "Reconciliations";

    private const int HashLength = 64;

    public static void Configure(EntityTypeBuilder<ReconciliationRecord> record)
    {
        record.ToTable(Table);
        record.HasKey(row => new { row.Authority, row.Number });
        record.Property(row => row.Authority).HasMaxLength(8);
        record.Property(row => row.Number).ValueGeneratedNever();
        record.Property(row => row.Day).HasConversion(day => day.DayNumber, number => DateOnly.FromDayNumber(number));
        foreach (var hash in new Expression<Func<ReconciliationRecord, string>>[] { row => row.MessagesSha256, row => row.PreviousSha256, row => row.Sha256 })
            record.Property(hash).HasMaxLength(HashLength);
        record.Ignore(row => row.IsBalanced);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ReconciledAuthority>> FindAuthoritiesAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var last = await database.Reconciliations
            .Where(record => record.Number == database.Reconciliations.Where(other => other.Authority == record.Authority).Max(other => other.Number))
            .ToDictionaryAsync(record => record.Authority, cancellationToken);
        var authorities = new List<ReconciledAuthority>();
        foreach (var name in (await MessageKeys.RecipientsAsync(database, cancellationToken)).Where(AuthorityRules.IsCvr).Append(ReconciliationRecord.Others).Union(last.Keys))
        {
            var record = last.GetValueOrDefault(name);
            authorities.Add(new ReconciledAuthority(name, record, record is null ? await FirstReceivedAsync(database, name, cancellationToken) : null));
        }

        return authorities;
    }

    /// <inheritdoc />
    public async Task<DayFacts> CountAsync(string authority, DateTimeOffset begin, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var moment = await database.BeginReadAsync(cancellationToken);
        var (digest, received, accepted, rejected, openBefore, held) = (new MessagesDigest(), 0, 0, 0, 0, 0);
        foreach (var recipient in await RecipientsOfAsync(database, authority, cancellationToken))
        {
            var its = database.Messages.Where(message => message.Summary.RecipientId == recipient);
            foreach (var message in await its.Where(message => message.ReceivedAt >= begin && message.ReceivedAt < before)
                .Select(message => new { message.MessageUuid, message.Xml.Sha256 }).ToListAsync(cancellationToken))
            {
                digest.Received(message.MessageUuid, message.Sha256);
                received++;
            }

            foreach (var message in await its.Where(message => message.Receipt!.TimeStamp >= begin && message.Receipt.TimeStamp < before)
                .Select(message => new { message.MessageUuid, message.TransmissionId, message.Receipt!.Status }).ToListAsync(cancellationToken))
            {
                digest.Decided(message.MessageUuid, message.Status, message.TransmissionId);
                _ = message.Status == ReceiptStatus.Completed ? accepted++ : rejected++;
            }

            openBefore += await OpenAtAsync(its, begin, cancellationToken);
            held += await OpenAtAsync(its, before, cancellationToken);
        }

        return new DayFacts(openBefore, received, accepted, rejected, held, digest.Sha256());
    }

    /// <inheritdoc />
    public Task<bool> AddAsync(ReconciliationRecord record, CancellationToken cancellationToken) => writer.TransactAsync(
        async database =>
        {
            await database.TakeTurnAsync(NodeTurn.Reconciliation, cancellationToken);
            if (await database.Reconciliations.AnyAsync(row => row.Authority == record.Authority && row.Number == record.Number, cancellationToken))
                return false;
            database.Add(record);
            await database.SaveChangesAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<ReconciliationRecord>> FindAsync(string authority, int afterNumber, int count, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Reconciliations.Where(record => record.Authority == authority && record.Number > afterNumber)
            .OrderBy(record => record.Number).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>Those that a record counts: the authority; or all that are none, and messages without a recipient.</summary>
    private static async Task<IReadOnlyList<string?>> RecipientsOfAsync(PostModtagDbContext database, string authority, CancellationToken cancellationToken) => authority != ReconciliationRecord.Others
        ? [authority]
        : [null, .. (await MessageKeys.RecipientsAsync(database, cancellationToken)).Where(recipient => !AuthorityRules.IsCvr(recipient))];

    private static async Task<DateTimeOffset?> FirstReceivedAsync(PostModtagDbContext database, string authority, CancellationToken cancellationToken)
    {
        DateTimeOffset? first = null;
        foreach (var recipient in await RecipientsOfAsync(database, authority, cancellationToken))
        {
            var receivedAt = await database.Messages.Where(message => message.Summary.RecipientId == recipient).OrderBy(message => message.Id)
                .Select(message => (DateTimeOffset?)message.ReceivedAt).FirstOrDefaultAsync(cancellationToken);
            first = receivedAt < (first ?? DateTimeOffset.MaxValue) ? receivedAt : first;
        }

        return first;
    }

    /// <summary>How many were received before a moment and not decided then: those that are still open, and those that were decided since.</summary>
    private static async Task<int> OpenAtAsync(IQueryable<Message> its, DateTimeOffset moment, CancellationToken cancellationToken) =>
        await its.CountAsync(message => message.Receipt!.TimeStamp >= moment && message.ReceivedAt < moment, cancellationToken)
        + await its.Undecided().CountAsync(message => message.ReceivedAt < moment, cancellationToken);
}
