using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Guard;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Rules;

namespace PostModtag.Infrastructure.Storage;

/// <summary>What messages have come to, found by a few looks into indexes for each authority and fagsystem, however many messages there are.</summary>
internal sealed class GuardStore(IDbContextFactory<PostModtagDbContext> databases) : IGuardStore
{
    /// <summary>The column that has a message's recipientID.</summary>
    public const string Recipient = "Summary_RecipientId";

    /// <summary>The column that has the time of a message's final receipt.</summary>
    public const string DecidedAt = "Receipt_TimeStamp";

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, Taken>> FindTakenByAuthorityAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var undecided = await database.Messages.Undecided().GroupBy(message => message.Summary.RecipientId)
            .Select(group => new Waiting(group.Key, group.Min(message => message.ReceivedAt), group.Count())).ToListAsync(cancellationToken);
        var taken = await FindAsync(database, Recipient, undecided, cancellationToken);
        return taken.Where(pair => AuthorityRules.IsCvr(pair.Key)).ToDictionary();
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, Taken>> FindTakenByFagsystemAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var undecided = await database.Messages.Undecided().GroupBy(message => message.Fagsystem)
            .Select(group => new Waiting(group.Key, group.Min(message => message.ReceivedAt), group.Count())).ToListAsync(cancellationToken);
        return await FindAsync(database, nameof(Message.Fagsystem), undecided, cancellationToken);
    }

    /// <summary>
    /// The statement goes from each value of the column to the next in an index, and looks up the last message of each and the last
    /// decision. DISTINCT or GROUP BY would read every message; so would PostgreSQL for the last message of a key that is quiet, if it
    /// were not asked for as a range, since it takes the primary key then and goes back to where that message is.
    /// </summary>
    internal static string SqlOf(string column) =>
        $"""
        {MessageKeys.Sql(column)}
        SELECT "Key",
            (SELECT "ReceivedAt" FROM "Messages" WHERE "{column}" >= "Key" AND "{column}" <= "Key" ORDER BY "{column}" DESC, "Id" DESC LIMIT 1) AS "LastReceivedAt",
            (SELECT "{DecidedAt}" FROM "Messages" WHERE "{column}" = "Key" AND "{DecidedAt}" IS NOT NULL ORDER BY "{DecidedAt}" DESC LIMIT 1) AS "LastDecidedAt"
        FROM "Keys" WHERE "Key" IS NOT NULL
        """;

    private static async Task<Dictionary<string, Taken>> FindAsync(PostModtagDbContext database, string column, IEnumerable<Waiting> undecided, CancellationToken cancellationToken)
    {
        var waiting = undecided.Where(group => group.Key is not null).ToDictionary(group => group.Key!);
        var rows = await database.Database.SqlQueryRaw<TakenRow>(SqlOf(column)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Key, row => new Taken(
            Moment(row.LastReceivedAt), Moment(row.LastDecidedAt), waiting.GetValueOrDefault(row.Key)?.Since, waiting.GetValueOrDefault(row.Key)?.Count ?? 0));
    }

    private static DateTimeOffset? Moment(long? milliseconds) => milliseconds is { } since1970 ? DateTimeOffset.FromUnixTimeMilliseconds(since1970) : null;

    private sealed record Waiting(string? Key, DateTimeOffset Since, int Count);

    private sealed record TakenRow(string Key, long? LastReceivedAt, long? LastDecidedAt);
}
