using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PostModtag.Application;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>A database on another host, that several nodes share.</summary>
internal sealed class PostgreSqlDatabase(
    DataFolder folder, PostgreSqlSource source, IDbContextFactory<PostgreSqlDbContext> databases, IOptions<PostModtagOptions> options) : IDatabase
{
    private const string SettingName = "PostModtag:PostgreSql";

    // Two numbers are another space than the one number that a message's turn has.
    private const int MigrationSpace = 0x506D6F64;
    private const int MigrationTurn = 1;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MasterKeyFile is { } file)
            MasterKey.Read(file);

        // What this node had on its way in when it ended was never kept.
        foreach (var left in Directory.EnumerateFiles(folder.Incoming).ToList())
            File.Delete(left);
        await MigrateAsync(cancellationToken);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Moves.SingleOrDefaultAsync(cancellationToken) is { IsComplete: false } move)
            throw new StorageUnavailableException($"A move from the data folder {move.Folder} to this database ({source.Name}) has begun and has not ended. Run it again: it goes on where it was.");
    }

    /// <summary>Makes the tables, or changes them to what this version has.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer, or does not permit it.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Nodes that start at once take turns. EF's own lock is held for one migration, and lets the next node in between two.
            // This one is the connection's: it goes with it, should the node die.
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await database.Database.OpenConnectionAsync(cancellationToken);
            await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationSpace}, {MigrationTurn})", cancellationToken);
            try
            {
                await database.Database.MigrateAsync(cancellationToken);
            }
            finally
            {
                await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationSpace}, {MigrationTurn})", CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or InvalidOperationException { InnerException: NpgsqlException })
        {
            var fault = exception as NpgsqlException ?? exception.InnerException ?? exception;
            throw new StorageUnavailableException($"The database that {SettingName} names ({source.Name}) cannot be used: {fault.Message} See that it runs, that it lets this server in, and that the user may make tables there.", exception);
        }
    }

    /// <summary>An empty message in the write-ahead log: a commit that is synced as any other, and changes nothing.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await using var command = source.DataSource.CreateCommand("SELECT pg_logical_emit_message(true, 'postmodtag', '')");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
