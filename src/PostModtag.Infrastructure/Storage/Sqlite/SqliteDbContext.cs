using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>The database as SQLite has it.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : PostModtagDbContext(options)
{
    /// <inheritdoc />
    protected override string IgnoreCase => "NOCASE";
}
