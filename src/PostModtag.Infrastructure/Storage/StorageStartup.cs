using PostModtag.Application.Hosting;
using PostModtag.Infrastructure.Storage.Senders;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Takes hold of the data folder and makes the database ready, before anything comes in.</summary>
internal sealed class StorageStartup(DataFolder folder, IDatabase database, SearchKey searchKey, OlderSenders olderSenders) : StartingService
{
    /// <inheritdoc />
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Open();
        await database.StartAsync(cancellationToken);
        await searchKey.OpenAsync(cancellationToken);
        await olderSenders.KeyAsync(cancellationToken);
    }
}
