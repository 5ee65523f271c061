using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Retention;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;

namespace PostModtag.Infrastructure.Storage.Retention;

/// <summary>Deletes messages, or only their contents, in the database. One node at a time does.</summary>
internal sealed class RetentionStore(DatabaseWriter writer, IContentRemoval contents) : IRetentionStore
{
    /// <inheritdoc />
    public Task<int> DeleteContentsAsync(RetentionScope scope, DateTimeOffset decidedBefore, DateTimeOffset now, int count, Func<int, AuditEntry> entry, CancellationToken cancellationToken) => writer.TransactAsync(
        async database =>
        {
            await database.TakeTurnAsync(NodeTurn.Retention, cancellationToken);
            var due = await Of(database, scope).Where(message => message.ContentsDeletedAt == null && message.Receipt!.TimeStamp < decidedBefore)
                .OrderBy(message => message.Receipt!.TimeStamp).Take(count).Select(message => message.Id).ToListAsync(cancellationToken);
            await MessageRemoval.RemoveContentsAsync(database, contents, due, cancellationToken);
            await database.Messages.Where(message => due.Contains(message.Id))
                .ExecuteUpdateAsync(update => update.SetProperty(message => message.ContentsDeletedAt, now), cancellationToken);
            await SayAsync(database, due.Count, entry, cancellationToken);
            return due.Count;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<int> DeleteMessagesAsync(RetentionScope scope, DateTimeOffset decidedBefore, int count, Func<int, AuditEntry> entry, CancellationToken cancellationToken) => writer.TransactAsync(
        async database =>
        {
            await database.TakeTurnAsync(NodeTurn.Retention, cancellationToken);

            // A message is decided after it is received: an index over the latter finds those that come into question.
            var due = await Of(database, scope).Where(message => message.ReceivedAt < decidedBefore && message.Receipt!.TimeStamp < decidedBefore)
                .OrderBy(message => message.ReceivedAt).Take(count).Select(message => new { message.Id, message.MessageUuid }).ToListAsync(cancellationToken);
            var (ids, uuids) = (due.Select(message => message.Id).ToList(), due.Select(message => message.MessageUuid).ToList());
            await MessageRemoval.RemoveAsync(database, contents, ids, uuids, cancellationToken);
            await SayAsync(database, due.Count, entry, cancellationToken);
            return due.Count;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> EraseAsync(CancellationToken cancellationToken) => contents.EraseAsync(cancellationToken);

    private static async Task SayAsync(PostModtagDbContext database, int count, Func<int, AuditEntry> entry, CancellationToken cancellationToken)
    {
        if (count == 0)
            return;
        database.AuditEntries.Add(entry(count));
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The decided messages of the scope of which nothing is to be told to anybody.</summary>
    private static IQueryable<Message> Of(PostModtagDbContext database, RetentionScope scope)
    {
        var authorities = scope.Authorities;
        var isOthers = scope.IsOthers;
        return database.Messages.Where(message => message.Receipt != null
            && authorities.Contains(message.Summary.RecipientId!) != isOthers
            && !database.Outbox.Any(entry => entry.MessageUuid == message.MessageUuid && entry.State == OutboxState.Waiting));
    }
}
