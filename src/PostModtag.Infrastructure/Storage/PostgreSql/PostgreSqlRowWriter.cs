using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Keeps rows and their contents in one transaction: large contents in pieces, none of which is there without the others.</summary>
internal sealed class PostgreSqlRowWriter(IDbContextFactory<PostgreSqlDbContext> databases) : IRowWriter
{
    // A row that was not there has never been locked by another.
    private const string AddContent =
        """
        INSERT INTO "Contents" AS known ("Sha256", "Length", "Bytes", "References") VALUES ($1, $2, $3, 1)
        ON CONFLICT ("Sha256") DO UPDATE SET "References" = known."References" + 1 RETURNING xmax = 0
        """;

    /// <inheritdoc />
    public async Task<bool> AddAsync(IReadOnlyCollection<object> rows, StagedContents contents, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Database.AutoSavepointsEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        database.AddRange(rows);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }

        var connection = (NpgsqlConnection)database.Database.GetDbConnection();
        foreach (var large in await AddContentsAsync(connection, contents, cancellationToken))
        {
            await using var file = large.OpenFile();
            await ContentPieces.CopyAsync(connection, large.Reference!.Sha256, file, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Adds those that are not there. In the order of their names, so that two transactions never wait for each other. Says which large ones are new.</summary>
    private static async Task<IReadOnlyList<ContentWriter>> AddContentsAsync(NpgsqlConnection connection, StagedContents contents, CancellationToken cancellationToken)
    {
        var toKeep = contents.ToKeep.OrderBy(content => content.Reference!.Sha256, StringComparer.Ordinal).ToList();
        if (toKeep.Count == 0)
            return [];
        await using var batch = new NpgsqlBatch(connection);
        foreach (var content in toKeep)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(AddContent)
            {
                Parameters =
                {
                    new() { Value = content.Reference!.Sha256 },
                    new() { Value = content.Reference.Length },
                    new() { Value = content.IsFile ? DBNull.Value : content.Bytes, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
                },
            });
        }

        var added = new List<ContentWriter>();
        await using var isNew = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var content in toKeep)
        {
            await isNew.ReadAsync(cancellationToken);
            if (content.IsFile && isNew.GetBoolean(0))
                added.Add(content);
            await isNew.NextResultAsync(cancellationToken);
        }

        return added;
    }
}
