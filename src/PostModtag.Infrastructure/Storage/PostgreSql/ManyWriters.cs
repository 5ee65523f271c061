using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>PostgreSQL takes writers side by side, and has their commits wait for the disk together.</summary>
internal sealed class ManyWriters(IDbContextFactory<PostgreSqlDbContext> databases) : DatabaseWriter
{
    /// <inheritdoc />
    public override async Task<T> WriteAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await write(database);
    }

    /// <inheritdoc />
    public override async Task<T> TransactAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var result = await write(database);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
