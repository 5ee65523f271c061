using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>For <c>dotnet ef migrations add</c> and <c>dotnet ef dbcontext optimize</c>, which need the model and no database.</summary>
internal sealed class PostgreSqlDesignTime : IDesignTimeDbContextFactory<PostgreSqlDbContext>
{
    /// <inheritdoc />
    public PostgreSqlDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlDbContext>().UseNpgsql("Host=localhost").Options);
}
