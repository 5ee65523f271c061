using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage;

/// <summary>What differs from one database to the other.</summary>
internal interface IDatabase
{
    /// <summary>Makes the database ready: migrated, and mended where a crash left something. Called once, before anything comes in.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be used; the message says why and what to do.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Makes a durable commit that changes nothing; throws what a message would meet.</summary>
    Task CommitAsync(CancellationToken cancellationToken);
}

/// <summary>Keeps rows together with contents.</summary>
internal interface IRowWriter
{
    /// <summary>
    /// Keeps new rows and their contents, whole and durable. False, and nothing is kept, when a unique index has one of the
    /// rows already.
    /// </summary>
    Task<bool> AddAsync(IReadOnlyCollection<object> rows, StagedContents contents, CancellationToken cancellationToken);
}

/// <summary>Makes contexts of the one database that the server is configured for.</summary>
internal sealed class DatabaseFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<PostModtagDbContext>
    where TContext : PostModtagDbContext
{
    /// <inheritdoc />
    public PostModtagDbContext CreateDbContext() => inner.CreateDbContext();

    /// <inheritdoc />
    public async Task<PostModtagDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => await inner.CreateDbContextAsync(cancellationToken);
}
