using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;

namespace PostModtag.Infrastructure.Storage;

/// <summary>
/// Work for fagsystemer that a node has taken upon itself for a while. A node that dies loses it when the while is over; nobody
/// else takes it before.
/// </summary>
internal static class Leases
{
    /// <summary>The column that says until when.</summary>
    public const string Until = "LeasedUntil";

    /// <summary>Takes the message that has been due longest to have its fagsystem asked; null when there is none.</summary>
    public static Task<DueMessage?> TakeMessageAsync(
        PostModtagDbContext database, DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken) =>
        TakeAsync<DueMessage>(
            database, "Messages", $"""IN ('{nameof(MessageState.Held)}', '{nameof(MessageState.Received)}')""", "\"MessageUuid\", \"Fagsystem\"", [now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), .. butNotFor], cancellationToken);

    /// <summary>Takes the copy that has been due longest, and says its number; null when there is none.</summary>
    public static async Task<long?> TakeCopyAsync(
        PostModtagDbContext database, DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken) =>
        (await TakeAsync<DueCopy>(
            database, OutboxStore.Table, $"= '{nameof(OutboxState.Waiting)}' AND \"Fagsystem\" IS NOT NULL", "\"Id\"", [now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), .. butNotFor], cancellationToken))?.Id;

    /// <summary>Ends all leases; for a database that no other node uses.</summary>
    public static async Task EndAllAsync(PostModtagDbContext database, CancellationToken cancellationToken)
    {
        await database.Messages.Where(row => row.AskingUntil != null)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.AskingUntil, (DateTimeOffset?)null), cancellationToken);
        await database.Outbox.Where(row => EF.Property<DateTimeOffset?>(row, Until) != null)
            .ExecuteUpdateAsync(update => update.SetProperty(row => EF.Property<DateTimeOffset?>(row, Until), (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Takes one row in one statement, so that no two nodes take the same.</summary>
    private static async Task<T?> TakeAsync<T>(PostModtagDbContext database, string table, string state, string columns, object[] values, CancellationToken cancellationToken)
        where T : class
    {
        const int Times = 2;
        var others = values.Length == Times ? "" : $"""AND "Fagsystem" NOT IN ({string.Join(", ", Enumerable.Range(Times, values.Length - Times).Select(number => $"{{{number}}}"))})""";
#pragma warning disable EF1002 // What is put in are names, and the places of values.
        var taken = await database.Database.SqlQueryRaw<T>(
            $$"""
            UPDATE "{{table}}" SET "LeasedUntil" = {1} WHERE "Id" = (
                SELECT "Id" FROM "{{table}}"
                WHERE "State" {{state}} AND "NextAttemptAt" <= {0} AND ("LeasedUntil" IS NULL OR "LeasedUntil" <= {0}) {{others}}
                ORDER BY "NextAttemptAt" LIMIT 1 {{database.SkipLocked}})
            RETURNING {{columns}}
            """,
            values).ToListAsync(cancellationToken);
#pragma warning restore EF1002
        return taken.SingleOrDefault();
    }

    private sealed record DueCopy(long Id);
}
