using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>A database in the data folder, which this process has for itself.</summary>
internal sealed class SqliteDatabase(DataFolder folder, IDbContextFactory<SqliteDbContext> databases, FileContentStore contents, LostContents lost, ContentPacks packs, DatabaseWriter writer) : IDatabase
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(folder.Moved))
            throw new StorageUnavailableException($"Everything in the data folder {folder.Path} was moved to PostgreSQL. Set PostModtag:PostgreSql to that database; to go back to what was here before the move, remove the file {folder.Moved}.");
        folder.OpenDatabase();
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            // The folder is held by this process alone, so a lock or a lease that is there was left by one that died.
            await database.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            await database.Database.MigrateAsync(cancellationToken);
            await Leases.EndAllAsync(database, cancellationToken);
            await lost.RemoveAsync(database, cancellationToken);
            await packs.OpenAsync(database, cancellationToken);

            // What a server that was killed left in the system's memory is durable before anybody reads it.
            await database.Database.OpenConnectionAsync(cancellationToken);
            using var log = folder.OpenDatabaseLog();
            folder.Sync(log);
        }

        await contents.RecoverAsync(cancellationToken);
    }

    /// <summary>SQLite has a number in its header that is free for use: to set it is a commit, synced as any other.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) =>
        writer.WriteAsync(database => database.Database.ExecuteSqlAsync($"PRAGMA user_version = 1", cancellationToken), cancellationToken);
}
