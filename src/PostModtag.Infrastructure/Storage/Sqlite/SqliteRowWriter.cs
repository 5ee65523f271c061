using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Keeps rows in SQLite, their small contents in packs, and their large ones in files of their own.</summary>
internal sealed class SqliteRowWriter(IDbContextFactory<SqliteDbContext> databases, DatabaseWriter writer, ContentPacks packs) : IRowWriter
{
    private const string AddContent = $"""INSERT INTO "{ContentRow.Table}" ("Sha256", "Length", "Pack", "Offset") VALUES ($p0, $p1, $p2, $p3) ON CONFLICT DO NOTHING""";
    private const string IsSmall = $"""SELECT "Bytes" IS NOT NULL OR "Pack" IS NOT NULL FROM "{ContentRow.Table}" WHERE "Sha256" = $p0""";

    /// <summary>
    /// Large contents first, durable under a name that a restart understands; then the row and the small contents, which the
    /// writer makes durable before its commit; then the large contents to their place. A crash between any two leaves nothing half-kept.
    /// </summary>
    public async Task<bool> AddAsync(IReadOnlyCollection<object> rows, StagedContents contents, CancellationToken cancellationToken)
    {
        contents.Prepare();
        try
        {
            await writer.TransactAsync(
                database =>
                {
                    var statements = ((SqliteDbContext)database).Statements;
                    foreach (var row in rows)
                        statements.Insert(database.Model, row);
                    AddContents(statements, contents);
                    return Task.FromResult(true);
                },
                cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE)
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

    /// <summary>Adds those that are not there.</summary>
    private void AddContents(SqliteStatements statements, StagedContents contents)
    {
        foreach (var content in contents.ToKeep.ToList())
        {
            var (sha256, place) = (content.Reference!.Sha256, packs.Next);
            var isNew = statements.Execute(AddContent, sha256, content.Reference.Length, content.IsFile ? null : place.Number, content.IsFile ? null : place.Offset) == 1;
            if (isNew && !content.IsFile)
                packs.Append(content.Bytes.Span);

            // What comes as a file may be small to the database: from before InlineContentBytes was lowered, or from a smaller message.
            else if (!isNew && content.IsFile && statements.Ask(IsSmall, sha256) == 1)
                contents.DropFiles([sha256]);
        }
    }
}
