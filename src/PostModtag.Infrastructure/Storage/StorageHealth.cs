using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Ready when a message could be kept durably now: the database takes a write, and the folder a file.</summary>
internal sealed class StorageHealth(DataFolder folder, IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await writer.WriteAsync(() => WriteToDatabaseAsync(cancellationToken), cancellationToken);
            await WriteFileAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
#pragma warning disable CA1031 // Whatever is wrong with the storage, the answer is that it is not ready.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy($"The storage cannot take a message: {exception.GetType().Name}.");
        }
    }

    /// <summary>SQLite has a number in its header that is free for use: to set it is a commit, synced as any other.</summary>
    private async Task<int> WriteToDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Database.ExecuteSqlAsync($"PRAGMA user_version = 1", cancellationToken);
    }

    private async Task WriteFileAsync(CancellationToken cancellationToken)
    {
        var probe = ContentFiles.UnfinishedName(folder);
        try
        {
            await using var file = folder.CreateFile(probe);
            await file.WriteAsync(new byte[512], cancellationToken);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(probe);
        }
    }
}
