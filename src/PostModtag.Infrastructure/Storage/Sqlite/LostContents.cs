using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PostModtag.Infrastructure.Storage.Retention;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// A message's rows and its content become durable beside each other: where the power is cut in between, the rows may be there and the
/// content not. Nobody was told that such a message was kept, so it is taken out, as if it had not come, and comes again.
/// </summary>
internal sealed partial class LostContents(DataFolder folder, SqliteContentRemoval removal, ILogger<LostContents> log)
{
    /// <summary>Takes out the messages whose content the last commits before a crash know, and the disk does not have. Before anything comes in.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public async Task RemoveAsync(SqliteDbContext database, CancellationToken cancellationToken)
    {
        var lost = await FindAsync(database, cancellationToken);
        if (lost.Count == 0)
            return;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var messages = await database.Messages
            .Where(message => lost.Contains(message.Xml.Sha256) || message.Files.Any(file => file.InXml == null && lost.Contains(file.Content.Sha256)))
            .Select(message => new { message.Id, message.MessageUuid }).ToListAsync(cancellationToken);
        var (ids, uuids) = (messages.Select(message => message.Id).ToList(), messages.Select(message => message.MessageUuid).ToList());
        await MessageRemoval.RemoveAsync(database, removal, ids, uuids, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var uuid in uuids)
            MessageRemoved(log, uuid);
    }

    /// <summary>Of the contents that may not have become durable, those whose bytes are not what their SHA-256 says.</summary>
    private async Task<List<string>> FindAsync(SqliteDbContext database, CancellationToken cancellationToken)
    {
        if (await database.Packs.OrderByDescending(pack => pack.Number).FirstOrDefaultAsync(cancellationToken) is not { } pack || pack.Durable >= pack.Length)
            return [];
        var path = ContentPacks.PathOf(folder, pack.Number);
        if (!File.Exists(path) && pack.Durable > 0)
            return [];
        using (var file = folder.OpenPack(path))
        {
            // What the file system did not come to, it has as zeros, or not at all.
            if (RandomAccess.GetLength(file) is var length && length < pack.Durable)
                return [];
            if (length < pack.Length)
                RandomAccess.SetLength(file, pack.Length);
        }

        // No index finds them, which every message would pay for: all are gone through, once after a power cut.
        var contents = await database.Contents.Where(content => content.Pack == pack.Number && content.Offset >= pack.Durable).ToListAsync(cancellationToken);
        return [.. contents.Where(content => !IsThere(content)).Select(content => content.Sha256)];
    }

    private bool IsThere(ContentRow content) =>
        Convert.ToHexStringLower(SHA256.HashData(ContentPacks.Read(folder, new PackPlace(content.Pack!.Value, content.Offset!.Value), content.Length))) == content.Sha256;

    [LoggerMessage(154, LogLevel.Warning, "Message {MessageUuid} is taken out: the power was cut before the disk had its content. Nobody was told that it was kept, so its sender sends it again.")]
    private static partial void MessageRemoved(ILogger log, Guid messageUuid);
}
