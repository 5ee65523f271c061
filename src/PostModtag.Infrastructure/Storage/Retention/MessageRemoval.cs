using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Retention;

/// <summary>Takes messages out of the database, or only their contents, in the transaction of whoever asks for it.</summary>
internal static class MessageRemoval
{
    /// <summary>Takes out messages, with their contents and all that belongs to them. What was said of them in the audit trail stays.</summary>
    public static async Task RemoveAsync(PostModtagDbContext database, IContentRemoval contents, IReadOnlyCollection<long> ids, IReadOnlyCollection<Guid> uuids, CancellationToken cancellationToken)
    {
        await RemoveContentsAsync(database, contents, ids, cancellationToken);
        await database.Outbox.Where(entry => uuids.Contains(entry.MessageUuid)).ExecuteDeleteAsync(cancellationToken);
        await database.RefusedCopies.Where(copy => uuids.Contains(copy.MessageUuid)).ExecuteDeleteAsync(cancellationToken);

        // Their files and deliveries go with them.
        await database.Messages.Where(message => ids.Contains(message.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Takes out the contents of messages that have them yet.</summary>
    public static async Task RemoveContentsAsync(PostModtagDbContext database, IContentRemoval contents, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var its = database.Messages.Where(message => ids.Contains(message.Id) && message.ContentsDeletedAt == null);
        var xml = await its.Select(message => new { message.Id, message.Xml.Sha256 }).ToListAsync(cancellationToken);

        // A file that stands in the XML goes with it. A message has a content once, however often it stands in it.
        var files = await its.SelectMany(message => message.Files.Where(file => file.InXml == null), (message, file) => new { message.Id, file.Content.Sha256 }).ToListAsync(cancellationToken);
        await contents.RemoveAsync(database, [.. xml.Concat(files).Distinct().Select(content => content.Sha256)], cancellationToken);
    }
}
