using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Takes hold of the data folder, migrates the database and mends what a crash left, before anything comes in.</summary>
internal sealed class StorageStartup(DataFolder folder, IDbContextFactory<PostModtagDbContext> databases, ContentStore contents) : IHostedLifecycleService
{
    /// <inheritdoc />
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Open();
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            // The folder is held by this process alone, so a migration lock that is there was left by one that died.
            await database.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            await database.Database.MigrateAsync(cancellationToken);
        }

        await contents.RecoverAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
