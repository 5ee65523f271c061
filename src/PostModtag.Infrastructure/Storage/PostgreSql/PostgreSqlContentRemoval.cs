using Microsoft.EntityFrameworkCore;
using PostModtag.Infrastructure.Storage.Retention;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Takes contents out of their tables. What they leave there PostgreSQL makes room of, and writes over as others come.</summary>
internal sealed class PostgreSqlContentRemoval(IDbContextFactory<PostgreSqlDbContext> databases) : IContentRemoval
{
    private bool _isDeleted;

    /// <inheritdoc />
    public async Task RemoveAsync(PostModtagDbContext database, IReadOnlyCollection<string> sha256, CancellationToken cancellationToken)
    {
        // One after the other, in an order that all keep: a message that comes with the same content waits, and no two for each other.
        foreach (var content in sha256.Order(StringComparer.Ordinal))
            await database.Contents.Where(row => row.Sha256 == content).ExecuteUpdateAsync(update => update.SetProperty(row => row.References, row => row.References - 1), cancellationToken);
        var gone = await database.Contents.Where(row => sha256.Contains(row.Sha256) && row.References <= 0).Select(row => row.Sha256).ToListAsync(cancellationToken);
        await ((PostgreSqlDbContext)database).ContentPieces.Where(piece => gone.Contains(piece.Sha256)).ExecuteDeleteAsync(cancellationToken);
        await database.Contents.Where(row => gone.Contains(row.Sha256)).ExecuteDeleteAsync(cancellationToken);
        _isDeleted = true;
    }

    /// <inheritdoc />
    public async Task<bool> EraseAsync(CancellationToken cancellationToken)
    {
        if (!_isDeleted)
            return true;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await database.Database.ExecuteSqlRawAsync("VACUUM", cancellationToken);
        _isDeleted = false;
        return true;
    }
}
