using PostModtag.Application.Hosting;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Takes hold of the data folder and makes the database ready, before anything comes in.</summary>
internal sealed class StorageStartup(DataFolder folder, IDatabase database) : StartingService
{
    /// <inheritdoc />
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Open();
        await database.StartAsync(cancellationToken);
    }
}
