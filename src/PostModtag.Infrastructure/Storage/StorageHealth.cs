using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Ready when a message could be kept durably now: the database takes a write, and the folder a file.</summary>
internal sealed class StorageHealth(DataFolder folder, IDbContextFactory<PostModtagDbContext> databases) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            await database.Messages.Where(message => message.Id == 0).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);

            var probe = ContentFiles.UnfinishedName(folder);
            await File.WriteAllBytesAsync(probe, new byte[512], cancellationToken);
            File.Delete(probe);
            return HealthCheckResult.Healthy();
        }
#pragma warning disable CA1031 // Whatever is wrong with the storage, the answer is that it is not ready.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy($"The storage cannot take a message: {exception.GetType().Name}.");
        }
    }
}
