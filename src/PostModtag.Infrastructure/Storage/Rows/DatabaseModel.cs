using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PostModtag.Infrastructure.Storage.Rows;

/// <summary>What EF knows of the tables.</summary>
internal static class DatabaseModel
{
    /// <summary>The model of the contexts that are made here.</summary>
    public static async Task<IModel> ModelAsync<TContext>(this IDbContextFactory<TContext> databases, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return database.Model;
    }
}
