using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PostModtag.Infrastructure.Storage;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTimeDatabase : IDesignTimeDbContextFactory<PostModtagDbContext>
{
    /// <inheritdoc />
    public PostModtagDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostModtagDbContext>().UseSqlite("Data Source=:memory:").Options);
}
