using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;
using PostModtag.Infrastructure.Storage.Senders;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Messages in the database. A change is one transaction, and durable when its method returns.</summary>
internal sealed class MessageStore(IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer, IRowWriter rows, IMessageUpdates updates, IContentStore contentStore, MessageMender mender, SearchKey searchKey, IOptions<PostModtagOptions> options) : IMessageStore
{
    private const int RoutedBatch = 500;

    // Of all that UTF-8 can write it comes last.
    private const string LastCharacter = "\U0010FFFF";

    /// <inheritdoc />
    public async Task<Message?> FindAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var message = await FindAsync(database, messageUuid, cancellationToken);
        await writer.SettleAsync();
        return message;
    }

    /// <inheritdoc />
    public async Task<WholeMessage?> FindWholeAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var moment = await database.BeginReadAsync(cancellationToken);
        if (await FindAsync(database, messageUuid, cancellationToken) is not { } message)
            return null;
        return new WholeMessage(
            message,
            await database.RefusedCopies.Where(copy => copy.MessageUuid == messageUuid).OrderBy(copy => copy.Id).ToListAsync(cancellationToken),
            await database.Attempts.Where(attempt => attempt.MessageId == message.Id).OrderBy(attempt => attempt.Number)
                .Select(row => new DeliveryAttempt(row.Number, row.Fagsystem, row.StartedAt, row.EndedAt, row.Result, row.Reason, row.HttpStatus)).ToListAsync(cancellationToken),
            await database.Outbox.Where(entry => entry.MessageUuid == messageUuid).OrderBy(entry => entry.Id).ToListAsync(cancellationToken));
    }

    /// <inheritdoc />
    public async Task<bool> AddAsync(MessageChange change, IStagedContents contents, CancellationToken cancellationToken)
    {
        // That a messageUUID is taken the unique index says, for most that come are new. Only a large message asks first: to make its bytes durable costs more.
        var staged = (StagedContents)contents;
        change.Message.KeySender(searchKey.Of);
        return !(staged.HasFiles && await HasAsync(change.Message.MessageUuid, cancellationToken))
            && await rows.AddAsync([change.Message, .. Beside(change)], staged, cancellationToken);
    }

    /// <inheritdoc />
    public async Task UpdateAsync(MessageChange change, CancellationToken cancellationToken)
    {
        if (!await updates.UpdateAsync(change.Message, [.. Beside(change)], cancellationToken))
            throw new InvalidOperationException($"Message {change.Message.MessageUuid} was changed by another meanwhile.");
    }

    /// <inheritdoc />
    public Task<DueMessage?> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken) =>
        writer.WriteAsync(database => Leases.TakeMessageAsync(database, now, until, butNotFor, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task LeaseAsync(Guid messageUuid, DateTimeOffset until, CancellationToken cancellationToken) => writer.WriteAsync(
        database => database.Messages.Where(message => message.MessageUuid == messageUuid)
            .ExecuteUpdateAsync(update => update.SetProperty(message => message.AskingUntil, until), cancellationToken),
        cancellationToken);

    /// <inheritdoc />
    public async Task<RefusedCopy?> FindRefusedCopyAsync(Guid messageUuid, string sha256, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var copy = await database.RefusedCopies.SingleOrDefaultAsync(copy => copy.MessageUuid == messageUuid && copy.Sha256 == sha256, cancellationToken);
        await writer.SettleAsync();
        return copy;
    }

    /// <inheritdoc />
    public async Task<bool> AddRefusedCopyAsync(RefusedCopy copy, CancellationToken cancellationToken)
    {
        await using var nothing = contentStore.Stage();
        return await rows.AddAsync([copy], (StagedContents)nothing, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ListedMessage>> FindPageAsync(MessageFilter filter, long? beforeId, int count, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        IQueryable<Message> messages = database.Messages;
        if (filter.Authorities is { } authorities)
            messages = messages.Where(message => authorities.Contains(message.Summary.RecipientId!));
        if (beforeId is { } before)
            messages = messages.Where(message => message.Id < before);
        if (filter.ReceivedFrom is { } from)
            messages = messages.Where(message => message.ReceivedAt >= from);
        if (filter.ReceivedBefore is { } end)
        {
            if (await IdsOfAsync(database, filter.ReceivedFrom ?? DateTimeOffset.UnixEpoch, end, cancellationToken) is not var (first, last))
                return [];
            messages = messages.Where(message => message.ReceivedAt < end && message.Id >= first && message.Id <= last);
        }

        if (filter.State is { } state)
            messages = (state == MessageState.Accepted ? messages : messages.NotAccepted()).Where(message => message.State == state);
        if (filter.Concern is { } concern)
            messages = messages.Where(message => message.Concern == concern);

        // A message that is decided is nobody's concern. Said, it is found among the few that are not, by their states' index.
        if (filter.IsUndecided || filter.Concern is not (null or Domain.Deliveries.DeliveryConcern.None))
            messages = messages.Undecided();
        if (filter.SenderId is { } sender)
        {
            if (searchKey.Of(sender) is not { } key)
                return [];
            messages = messages.Where(message => message.Summary.SenderKey == key);
        }

        if (filter.RecipientId is { } recipient)
            messages = messages.Where(message => message.Summary.RecipientId == recipient);
        if (filter.ContactPointId is { } contactPoint)
            messages = messages.Where(message => message.Summary.ContactPointId == contactPoint);
        if (filter.CaseId is { } caseId)
            messages = messages.Where(message => message.Summary.CaseId == caseId);
        if (filter.Fagsystem is { } fagsystem)
            messages = messages.Where(message => message.Fagsystem == fagsystem);
        if (filter.KleSubject is { } kle)
            messages = Under(messages, kle);
        if (filter.Label is { } label)
            messages = Labelled(messages, label);
        if (filter.KleSubject is not null || filter.Label is not null || (filter.ReceivedFrom ?? filter.ReceivedBefore) is not null)
            messages = Newest(database, messages, count);
        return await messages.OrderByDescending(message => message.Id).Take(count)
            .Select(message => new ListedMessage(
                message.Id, message.MessageUuid, message.ReceivedAt, message.State, message.Concern, message.Summary, message.Xml.Length, message.Files.Count,
                message.MemoVersion, message.Fagsystem, message.Receipt!.ErrorCode))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// The first and the last id in a period; null when nothing came in it. Ids nearly follow time, so whatever else is looked for, the
    /// newer messages need not be gone through; the index over time alone answers it.
    /// </summary>
    private static async Task<(long First, long Last)?> IdsOfAsync(PostModtagDbContext database, DateTimeOffset from, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var ids = await database.Messages.Where(message => message.ReceivedAt >= from && message.ReceivedAt < end)
            .GroupBy(_ => 1).Select(all => new { First = all.Min(message => message.Id), Last = all.Max(message => message.Id) }).SingleOrDefaultAsync(cancellationToken);
        return ids is null ? null : (ids.First, ids.Last);
    }

    /// <summary>The subject itself and those below it, as one range of the index: a dot comes just before a slash.</summary>
    private static IQueryable<Message> Under(IQueryable<Message> messages, string kle)
    {
        var subject = kle.Trim().TrimEnd('.');
        var (below, end) = (subject + ".", subject + "/");
        return messages.Where(message => message.Summary.KleSubject == subject
            || (string.Compare(message.Summary.KleSubject, below) >= 0 && string.Compare(message.Summary.KleSubject, end) < 0));
    }

    /// <summary>The title begins so, as one range of the index.</summary>
    private static IQueryable<Message> Labelled(IQueryable<Message> messages, string label)
    {
        var first = MessageSummary.Fold(label);
        var last = first + LastCharacter;
        return messages.Where(message => string.Compare(message.Summary.FoldedLabel, first) >= 0 && string.Compare(message.Summary.FoldedLabel, last) < 0);
    }

    /// <summary>Of all in a range, which may be very many, only those that are shown are looked up.</summary>
    private static IQueryable<Message> Newest(PostModtagDbContext database, IQueryable<Message> messages, int count)
    {
        var ids = messages.OrderByDescending(message => message.Id).Take(count).Select(message => message.Id);
        return database.Messages.Where(message => ids.Contains(message.Id));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<RoutedRecord> ReadRoutedAsync(string cvr, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // In batches, so that no reading of the database stays open as long as the caller takes.
        var before = long.MaxValue;
        List<long> ids;
        do
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            ids = await database.Messages
                .Where(message => message.Summary.RecipientId == cvr && message.ReceivedAt >= since && message.Routing != null && message.Id < before)
                .OrderByDescending(message => message.Id).Take(RoutedBatch).Select(message => message.Id).ToListAsync(cancellationToken);
            foreach (var record in await RoutedAsync(database.Messages.Where(message => ids.Contains(message.Id)), cancellationToken))
                yield return record;
            before = ids.Count > 0 ? ids[^1] : before;
        }
        while (ids.Count == RoutedBatch);
    }

    /// <inheritdoc />
    public async Task<bool> HasUndecidedAsync(string fagsystem, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Messages.Undecided().AnyAsync(message => message.Fagsystem == fagsystem, cancellationToken);
    }

    private async Task<bool> HasAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Messages.AnyAsync(message => message.MessageUuid == messageUuid, cancellationToken);
    }

    private async Task<Message?> FindAsync(PostModtagDbContext database, Guid messageUuid, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Messages.SingleOrDefaultAsync(message => message.MessageUuid == messageUuid, cancellationToken);
        }
        catch (Exception exception) when (MessageRows.DoesNotFit(exception))
        {
            return await mender.FindAsync(messageUuid, cancellationToken);
        }
    }

    /// <summary>What is kept with the message, in the same transaction.</summary>
    private IEnumerable<object> Beside(MessageChange change) =>
    [
        .. change.Attempt is { } attempt ? [AttemptRow.Of(change.Message, attempt)] : Array.Empty<object>(),
        .. change.Audit is { } audit ? [audit] : Array.Empty<object>(),
        .. ReceiptOf(change.Message), .. change.Copies,
    ];

    /// <summary>What is kept with the decision, in its transaction: that the receipt is to go to Digital Post.</summary>
    private IEnumerable<OutboxEntry> ReceiptOf(Message message) => message.IsDecided && options.Value.DigitalPost.Relay ? [OutboxEntry.ReceiptOf(message)] : [];

    private async Task<List<RoutedRecord>> RoutedAsync(IQueryable<Message> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await messages.OrderByDescending(message => message.Id)
                .Select(message => new RoutedRecord(message.Id, message.MessageUuid, message.ReceivedAt, message.Memo!, message.Xml.Length, message.Fagsystem))
                .ToListAsync(cancellationToken);
        }
        catch (Exception exception) when (MessageRows.DoesNotFit(exception))
        {
            var records = new List<RoutedRecord>();
            foreach (var uuid in await messages.OrderByDescending(message => message.Id).Select(message => message.MessageUuid).ToListAsync(cancellationToken))
            {
                if (await FindAsync(uuid, cancellationToken) is { Memo: { } memo } message)
                    records.Add(new RoutedRecord(message.Id, uuid, message.ReceivedAt, memo, message.Xml.Length, message.Fagsystem));
            }

            return records;
        }
    }
}
