using Microsoft.EntityFrameworkCore;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Senders;

/// <summary>Messages that were kept before senders had a key, or while it was not known: each is given its own, and a CPR number stands there no more.</summary>
internal sealed class OlderSenders(IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer, SearchKey searchKey)
{
    private const int AtOnce = 500;

    /// <summary>Gives keys until every message has one. What is done is done when it is broken off.</summary>
    public async Task KeyAsync(CancellationToken cancellationToken)
    {
        if (!searchKey.IsKnown)
            return;
        var last = 0L;
        while (await NextAsync(last, cancellationToken) is { Count: > 0 } older)
        {
            await writer.TransactAsync(
                async database =>
                {
                    foreach (var (id, senderId) in older)
                    {
                        var (key, masked) = (searchKey.Of(senderId), CprText.Mask(senderId));
                        await database.Messages.Where(message => message.Id == id).ExecuteUpdateAsync(
                            update => update.SetProperty(message => message.Summary.SenderKey, key).SetProperty(message => message.Summary.SenderId, masked),
                            cancellationToken);
                    }

                    return older.Count;
                },
                cancellationToken);
            last = older[^1].Id;
        }
    }

    private async Task<List<(long Id, string SenderId)>> NextAsync(long after, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var older = database.Messages.Where(message => message.Summary.SenderKey == null && message.Summary.SenderId != null && message.Id > after)
            .OrderBy(message => message.Id).Take(AtOnce);
        try
        {
            // What was masked meanwhile stands whole in the message.
            return [.. (await older.Select(message => new { message.Id, message.Summary.SenderId, message.Memo }).ToListAsync(cancellationToken))
                .Select(row => (row.Id, row.Memo?.MessageHeader.Sender.SenderID ?? row.SenderId!))];
        }
        catch (Exception exception) when (MessageRows.DoesNotFit(exception))
        {
            return [.. (await older.Select(message => new { message.Id, message.Summary.SenderId }).ToListAsync(cancellationToken)).Select(row => (row.Id, row.SenderId!))];
        }
    }
}
