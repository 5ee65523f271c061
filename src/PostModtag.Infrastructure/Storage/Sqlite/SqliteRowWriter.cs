using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.Rows;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Keeps rows in SQLite, their small contents in packs, and their large ones in files of their own.</summary>
internal sealed class SqliteRowWriter(IDbContextFactory<SqliteDbContext> databases, GroupWriter writer) : IRowWriter
{
    private const string AddContent = $"""INSERT INTO "{ContentRow.Table}" ("Sha256", "Length", "References", "Pack", "Offset") VALUES ($1, $2, 1, $3, $4) ON CONFLICT DO NOTHING""";
    private const string AddReference = $"""UPDATE "{ContentRow.Table}" SET "References" = "References" + 1 WHERE "Sha256" = $1""";
    private const string IsSmall = $"""SELECT "Bytes" IS NOT NULL OR "Pack" IS NOT NULL FROM "{ContentRow.Table}" WHERE "Sha256" = $1""";

    private IModel? _model;

    /// <summary>
    /// Large contents first, durable under a name that a restart understands; then the rows, with the small contents, which the
    /// writer makes durable before its commit; then the large contents to their place. A crash between any two leaves nothing half-kept.
    /// </summary>
    public async Task<bool> AddAsync(IReadOnlyCollection<object> rows, StagedContents contents, CancellationToken cancellationToken)
    {
        contents.Prepare();
        _model ??= await databases.ModelAsync(cancellationToken);
        var prepared = rows.Select(row => EntityInsert.Prepare(_model, row)).ToList();
        var small = contents.ToKeep.Where(content => !content.IsFile).Select(content => new PackedContent(content.Reference!, content.Bytes)).ToList();
        try
        {
            await writer.ExecuteAsync(
                small,
                canBeMadeAgain: !contents.HasFiles,
                database =>
                {
                    var statements = database.Statements;
                    foreach (var row in prepared)
                        statements.Insert(row);
                    foreach (var content in small)
                        content.IsTaken = Add(statements, content.Reference, content.Place);
                    AddFiles(statements, contents);
                    return true;
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

    /// <summary>Adds the large ones that are not there.</summary>
    private static void AddFiles(SqliteStatements statements, StagedContents contents)
    {
        foreach (var content in contents.ToKeep.Where(content => content.IsFile).ToList())
        {
            // What comes as a file may be small to the database: from before InlineContentBytes was lowered, or from a smaller message.
            if (!Add(statements, content.Reference!, null) && statements.Ask(IsSmall, content.Reference!.Sha256) == 1)
                contents.DropFiles([content.Reference.Sha256]);
        }
    }

    /// <summary>False when it is there, and then it has one message more.</summary>
    private static bool Add(SqliteStatements statements, ContentReference content, PackPlace? place)
    {
        if (statements.Execute(AddContent, content.Sha256, content.Length, place?.Number, place?.Offset) == 1)
            return true;
        statements.Execute(AddReference, content.Sha256);
        return false;
    }
}
