using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Keeps rows in SQLite, and their large contents in files.</summary>
internal sealed class SqliteRowWriter(IDbContextFactory<SqliteDbContext> databases, DatabaseWriter writer) : IRowWriter
{
    /// <summary>
    /// Large contents first, durable under a name that a restart understands; then the row and the small contents in one
    /// commit; then the large contents to their place. A crash between any two leaves nothing half-kept.
    /// </summary>
    public async Task<bool> AddAsync(IReadOnlyCollection<object> rows, StagedContents contents, CancellationToken cancellationToken)
    {
        contents.Prepare();
        try
        {
            await writer.TransactAsync(
                async database =>
                {
                    database.AddRange(rows);
                    await AddContentsAsync(database, contents, cancellationToken);
                    return await database.SaveChangesAsync(cancellationToken);
                },
                cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is SqliteException { SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE })
        {
            return false;
        }
        catch
        {
            // A commit that failed may have been made all the same. Only when the database itself says that it was not
            // are the files dropped; when it cannot say, they wait for the next start.
            await SettleAsync(contents);
            throw;
        }

        contents.MoveToPlace();
        return true;
    }

    private async Task SettleAsync(StagedContents contents)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync();
            var files = contents.ToKeep.Where(content => content.IsFile).Select(content => content.Reference!.Sha256).ToList();
            if (!await database.Contents.AnyAsync(row => files.Contains(row.Sha256)))
                return;
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException)
        {
            // The database does not answer either.
        }

        contents.LeaveToRecovery();
    }

    private static async Task AddContentsAsync(PostModtagDbContext database, StagedContents contents, CancellationToken cancellationToken)
    {
        var toKeep = contents.ToKeep.ToDictionary(content => content.Reference!.Sha256);
        var known = await database.Contents.Where(row => toKeep.Keys.Contains(row.Sha256))
            .Select(row => new { row.Sha256, IsRow = row.Bytes != null }).ToDictionaryAsync(row => row.Sha256, row => row.IsRow, cancellationToken);

        // The database may have in a row what comes as a file: from before InlineContentBytes was lowered, or from a smaller message.
        contents.DropFiles([.. known.Where(row => row.Value).Select(row => row.Key)]);
        foreach (var (sha256, content) in toKeep.Where(content => !known.ContainsKey(content.Key)))
        {
            database.Contents.Add(new ContentRow
            {
                Sha256 = sha256,
                Length = content.Reference!.Length,
                Bytes = content.IsFile ? null : content.Bytes,
            });
        }
    }
}
