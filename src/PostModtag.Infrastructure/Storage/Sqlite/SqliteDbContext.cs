using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>The database as SQLite has it.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : PostModtagDbContext(options)
{
    /// <inheritdoc />
    public override async Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);

        // One that is not deferred would be a writer, and wait for the others. It ends with its connection.
        return Database.UseTransaction(((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true))!;
    }

    /// <inheritdoc />
    protected override string IgnoreCase => "NOCASE";
}
