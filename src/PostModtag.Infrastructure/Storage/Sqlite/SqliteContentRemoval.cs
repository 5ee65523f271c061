using Microsoft.EntityFrameworkCore;
using PostModtag.Infrastructure.Storage.Retention;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// Takes contents out of packs and files. The database lets go of them first, and notes in the same transaction what is still to be
/// overwritten: whatever happens in between, it is found again, and no message ever refers to what is half gone.
/// </summary>
internal sealed class SqliteContentRemoval(DataFolder folder, DatabaseWriter writer, IDbContextFactory<SqliteDbContext> databases) : IContentRemoval
{
    private const int Batch = 200;

    /// <inheritdoc />
    public Task RemoveAsync(PostModtagDbContext database, IReadOnlyCollection<string> sha256, CancellationToken cancellationToken)
    {
        var statements = ((SqliteDbContext)database).Statements;
        foreach (var content in sha256)
        {
            statements.Execute($"""UPDATE "{ContentRow.Table}" SET "References" = "References" - 1 WHERE "Sha256" = $1""", content);
            statements.Execute(
                $"""
                INSERT INTO "{ErasureRow.Table}" ("Sha256", "Length", "Pack", "Offset")
                SELECT "Sha256", "Length", "Pack", "Offset" FROM "{ContentRow.Table}" WHERE "Sha256" = $1 AND "References" <= 0 AND "Bytes" IS NULL
                """,
                content);
            statements.Execute($"""DELETE FROM "{ContentRow.Table}" WHERE "Sha256" = $1 AND "References" <= 0""", content);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<bool> EraseAsync(CancellationToken cancellationToken)
    {
        // A backup copies what its copy of the database refers to: nothing of that goes meanwhile.
        using var turn = folder.TryTakeContents();
        if (turn is null)
            return false;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        while (await database.Erasures.OrderBy(erasure => erasure.Id).Take(Batch).ToListAsync(cancellationToken) is { Count: > 0 } erasures)
        {
            foreach (var pack in erasures.Where(erasure => erasure.Pack is not null).GroupBy(erasure => erasure.Pack!.Value))
                ContentPacks.Erase(folder, pack.Key, pack.Select(erasure => (erasure.Offset!.Value, erasure.Length)));
            foreach (var number in await writer.TransactAsync(written => EndAsync((SqliteDbContext)written, erasures), cancellationToken))
                ContentPacks.Delete(folder, number);
        }

        return await IsLogEmptiedAsync(database, cancellationToken);
    }

    /// <summary>In the writer's turn: no message comes meanwhile that has one of the files' contents. Says which packs are not known any more.</summary>
    private async Task<IReadOnlyList<int>> EndAsync(SqliteDbContext database, IReadOnlyList<ErasureRow> erasures)
    {
        foreach (var file in erasures.Where(erasure => erasure.Pack is null))
        {
            if (await database.Contents.AnyAsync(content => content.Sha256 == file.Sha256) || ContentFiles.Find(folder, file.Sha256) is not { } path)
                continue;
            File.Delete(path);
            FileSystem.SyncFolder(Path.GetDirectoryName(path)!);
        }

        foreach (var pack in erasures.Where(erasure => erasure.Pack is not null).GroupBy(erasure => erasure.Pack!.Value))
        {
            var (number, bytes) = (pack.Key, pack.Sum(erasure => erasure.Length));
            await database.Packs.Where(row => row.Number == number).ExecuteUpdateAsync(update => update.SetProperty(row => row.Erased, row => row.Erased + bytes));
        }

        var ended = erasures[^1].Id;
        await database.Erasures.Where(erasure => erasure.Id <= ended).ExecuteDeleteAsync();

        // The last one is written on.
        var empty = await database.Packs.Where(pack => pack.Erased >= pack.Length && pack.Number < database.Packs.Max(other => other.Number))
            .Select(pack => pack.Number).ToListAsync();
        await database.Packs.Where(pack => empty.Contains(pack.Number)).ExecuteDeleteAsync();
        return empty;
    }

    /// <summary>What was deleted stands in the write-ahead log until that is copied into the database, where it is overwritten, and cut off.</summary>
    private static async Task<bool> IsLogEmptiedAsync(SqliteDbContext database, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        await using var checkpoint = database.Database.GetDbConnection().CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return await checkpoint.ExecuteScalarAsync(cancellationToken) is 0L;
    }
}
