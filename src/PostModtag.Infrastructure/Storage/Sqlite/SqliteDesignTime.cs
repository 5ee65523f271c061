using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>For <c>dotnet ef migrations add</c> and <c>dotnet ef dbcontext optimize</c>, which need the model and no database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteDbContext>
{
    /// <inheritdoc />
    public SqliteDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite("Data Source=:memory:").Options);
}
