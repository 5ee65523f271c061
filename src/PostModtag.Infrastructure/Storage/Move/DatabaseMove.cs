using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PostModtag.Application;
using PostModtag.Application.Storage;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Infrastructure.Storage.Sqlite;

namespace PostModtag.Infrastructure.Storage.Move;

/// <inheritdoc />
internal sealed class DatabaseMove(
    DataFolder folder,
    SqliteDatabase sqlite,
    FileKeys fileKeys,
    PostgreSqlDatabase postgreSql,
    PostgreSqlKeys postgreSqlKeys,
    PostgreSqlSource source,
    IDbContextFactory<SqliteDbContext> fromDatabases,
    IDbContextFactory<PostgreSqlDbContext> toDatabases,
    IOptions<PostModtagOptions> options) : IDatabaseMove
{
    /// <inheritdoc />
    public async Task RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (options.Value.PostgreSql is null)
            throw new InvalidOperationException("Say where to: set PostModtag:PostgreSql to the connection string of an empty PostgreSQL database.");
        if (!File.Exists(folder.Database))
            throw new InvalidOperationException($"There is no database in the data folder {folder.Path}. Set PostModtag:DataFolder to the folder that is to be moved.");

        folder.Open();
        await using var to = await toDatabases.CreateDbContextAsync(cancellationToken);
        await postgreSql.MigrateAsync(cancellationToken);
        var move = await to.Moves.AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (move is not null && move.Folder != folder.Path)
            throw new InvalidOperationException($"The database {source.Name} is being filled, or was, from {move.Folder}. Set PostModtag:DataFolder to that, or name another database.");
        if (move is { IsComplete: true })
        {
            progress.Report("All of it was moved before.");
            await SealAsync(cancellationToken);
            return;
        }

        await sqlite.StartAsync(cancellationToken);
        move ??= await BeginAsync(to, cancellationToken);
        await MoveAsync(to, progress, cancellationToken);
        move.IsComplete = true;
        await to.SaveChangesAsync(cancellationToken);
        await SealAsync(cancellationToken);
    }

    private async Task MoveAsync(PostgreSqlDbContext to, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var from = await fromDatabases.CreateDbContextAsync(cancellationToken);
        var tables = MovedTable.All(from, to);
        await from.Database.OpenConnectionAsync(cancellationToken);
        await to.Database.OpenConnectionAsync(cancellationToken);
        var (fromConnection, toConnection) = ((SqliteConnection)from.Database.GetDbConnection(), (NpgsqlConnection)to.Database.GetDbConnection());
        fromConnection.CreateFunction(MovedTable.BytesFunction, (int? pack, long? offset, long length) =>
            pack is { } number ? ContentPacks.Read(folder, new PackPlace(number, offset!.Value), length) : null);
        foreach (var table in tables)
            await new TableMove(table, folder, fromConnection, to).RunAsync(progress, cancellationToken);
        await MoveKeysAsync(to, cancellationToken);
        await SetSequencesAsync(tables, toConnection, cancellationToken);

        foreach (var table in tables)
            progress.Report($"{table.Name}: {await TableComparison.CompareAsync(table, fromConnection, toConnection, cancellationToken)} rows, the same on both sides");
        progress.Report($"{await TableComparison.CheckPiecesAsync(to, source.DataSource, cancellationToken)} large contents read again, each as its SHA-256 tells");
    }

    /// <summary>From now on no server starts on what is left here, which grows old.</summary>
    private Task SealAsync(CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(folder.Moved, $"Everything here was moved to PostgreSQL ({source.Name}).\n", cancellationToken);

    /// <summary>What came into the target in another way is not overwritten.</summary>
    private async Task<MoveRow> BeginAsync(PostgreSqlDbContext to, CancellationToken cancellationToken)
    {
        if (await to.Messages.AnyAsync(cancellationToken) || await to.AuditEntries.AnyAsync(cancellationToken) || await to.Fagsystemer.AnyAsync(cancellationToken))
            throw new InvalidOperationException($"The database {source.Name} is not empty: a server has used it. Move to an empty one.");
        await using var transaction = await to.Database.BeginTransactionAsync(cancellationToken);

        // The row that every new database has; the one that is moved takes its place.
        await to.Setup.ExecuteDeleteAsync(cancellationToken);
        var move = new MoveRow { Folder = folder.Path, IsComplete = false };
        to.Add(move);
        await to.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return move;
    }

    /// <summary>What the secrets in the tables are encrypted with.</summary>
    private async Task MoveKeysAsync(PostgreSqlDbContext to, CancellationToken cancellationToken)
    {
        await to.DataProtectionKeys.ExecuteDeleteAsync(cancellationToken);
        foreach (var key in fileKeys.GetAllElements())
            postgreSqlKeys.StoreElement(key, "");
    }

    /// <summary>New rows are numbered on from the last that was moved.</summary>
    private static async Task SetSequencesAsync(IEnumerable<MovedTable> tables, NpgsqlConnection to, CancellationToken cancellationToken)
    {
        foreach (var table in tables.Where(table => table.Columns.Contains(("Id", "bigint"))))
        {
#pragma warning disable CA2100 // What is put in are the model's own names.
            await using var command = new NpgsqlCommand($"""SELECT setval(pg_get_serial_sequence('"{table.Name}"', 'Id'), (SELECT coalesce(max("Id"), 0) + 1 FROM "{table.Name}"), false) WHERE pg_get_serial_sequence('"{table.Name}"', 'Id') IS NOT NULL""", to);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
