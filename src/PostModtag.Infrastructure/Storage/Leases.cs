using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage;

/// <summary>
/// Messages due for delivery that a node has taken upon itself for a while. A node that dies loses them when the while is over; nobody
/// else takes them before.
/// </summary>
internal static class Leases
{
    /// <summary>The column that says until when.</summary>
    public const string Until = "LeasedUntil";

    /// <summary>Takes the message that has been due longest, in one statement, so that no two nodes take the same; null when there is none.</summary>
    public static async Task<DueMessage?> TakeAsync(
        PostModtagDbContext database, DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken)
    {
        object[] values = [now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), .. butNotFor];
        var others = butNotFor.Count == 0 ? "" : $"""AND "Fagsystem" NOT IN ({string.Join(", ", Enumerable.Range(2, butNotFor.Count).Select(number => $"{{{number}}}"))})""";
#pragma warning disable EF1002 // What is put in are names, and the places of values.
        var taken = await database.Database.SqlQueryRaw<DueMessage>(
            $$"""
            UPDATE "Messages" SET "LeasedUntil" = {1} WHERE "Id" = (
                SELECT "Id" FROM "Messages"
                WHERE "State" IN ('{{nameof(MessageState.Held)}}', '{{nameof(MessageState.Received)}}') AND "NextAttemptAt" <= {0} AND ("LeasedUntil" IS NULL OR "LeasedUntil" <= {0}) {{others}}
                ORDER BY "NextAttemptAt" LIMIT 1 {{database.SkipLocked}})
            RETURNING "MessageUuid", "Fagsystem"
            """,
            values).ToListAsync(cancellationToken);
#pragma warning restore EF1002
        return taken.SingleOrDefault();
    }

    /// <summary>Ends all leases; for a database that no other node uses.</summary>
    public static Task EndAllAsync(PostModtagDbContext database, CancellationToken cancellationToken) => database.Messages
        .Where(message => EF.Property<DateTimeOffset?>(message, Until) != null)
        .ExecuteUpdateAsync(update => update.SetProperty(message => EF.Property<DateTimeOffset?>(message, Until), (DateTimeOffset?)null), cancellationToken);
}
