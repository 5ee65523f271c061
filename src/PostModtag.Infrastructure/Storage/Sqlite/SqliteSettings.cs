using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Sets what SQLite keeps by connection: a commit is on disk when it returns.</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    // The log is copied into the database every 32 MB and not every 4: pages that change often are then written once for many commits.
    // What a savepoint may have to undo is kept in memory, and so are 8 MB of pages. What is deleted is overwritten.
    private const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 8000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192; PRAGMA secure_delete = ON;";

    // A connection that comes back from the pool has them.
    private static readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> Known = [];

    /// <inheritdoc />
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (Known.TryGetValue(handle, out _))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        Known.AddOrUpdate(handle, Known);
    }

    /// <inheritdoc />
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
