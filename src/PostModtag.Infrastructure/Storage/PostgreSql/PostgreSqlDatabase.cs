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

    // With two numbers, so that it is no message's turn. It is given back with its connection.
    private const string TakeTurn = "SELECT pg_advisory_lock(5606, 1)";

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
            // Nodes that start at once take turns. EF's own lock is free for a moment between two migrations, and then another node
            // makes one that this node is about to make too.
            await using var turn = new NpgsqlConnection(source.OwnConnection);
            await turn.OpenAsync(cancellationToken);
            await using (var take = new NpgsqlCommand(TakeTurn, turn) { CommandTimeout = 0 })
                await take.ExecuteNonQueryAsync(cancellationToken);
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await database.Database.MigrateAsync(cancellationToken);
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
