using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Ready when a message could be kept durably now: the database takes a write, and the folder a file.</summary>
internal sealed class StorageHealth(DataFolder folder, IDatabase database) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.CommitAsync(cancellationToken);
            await folder.TryFileAsync(cancellationToken);
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
