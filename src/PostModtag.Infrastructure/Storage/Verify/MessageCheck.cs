using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Verify;

/// <summary>Checks that every message has its contents, and that its state, its receipt and its deliveries say the same.</summary>
internal sealed class MessageCheck(IDbContextFactory<PostModtagDbContext> databases, IContentStore contents, Findings findings)
{
    private const int Batch = 200;

    private long _files;

    /// <summary>Checks them all, and says how many messages and files it were.</summary>
    public async Task<(long Messages, long Files)> RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (count, after) = (0L, 0L);
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await using var moment = await database.BeginReadAsync(cancellationToken);
            var messages = await database.WithoutJson().Where(message => message.Id > after).OrderBy(message => message.Id).Take(Batch).ToListAsync(cancellationToken);
            if (messages.Count == 0)
                break;
            var ids = messages.Select(message => message.Id).ToList();
            var accepts = (await database.Attempts.Where(attempt => ids.Contains(attempt.MessageId) && attempt.Result == DeliveryResult.Accepted)
                .Select(attempt => new { attempt.MessageId, attempt.Fagsystem }).ToListAsync(cancellationToken)).ToLookup(attempt => attempt.MessageId, attempt => attempt.Fagsystem);
            var names = messages.Select(message => message.Xml.Sha256).ToList();
            var known = (await database.Contents.Where(content => names.Contains(content.Sha256)).Select(content => content.Sha256).ToListAsync(cancellationToken)).ToHashSet();
            await moment.DisposeAsync();
            foreach (var message in messages)
            {
                if (FaultOf(message, [.. accepts[message.Id]]) is { } fault)
                    findings.Add($"Message {message.MessageUuid} {fault}.");
                if (message.ContentsDeletedAt is null && !known.Contains(message.Xml.Sha256))
                    findings.Add($"Message {message.MessageUuid} has lost its XML: the content {message.Xml.Sha256} is not known.");
                else if (message.ContentsDeletedAt is null)
                    await DecodeAsync(message, cancellationToken);
            }

            (count, after) = (count + messages.Count, messages[^1].Id);
            progress.Report($"{count} messages checked");
        }

        await FindStrayAsync(cancellationToken);
        return (count, _files);
    }

    private static string? FaultOf(Message message, IReadOnlyList<string> acceptedBy)
    {
        var receipt = message.Receipt;
        if (message.IsDecided != receipt is not null)
            return receipt is null ? $"is {message.State} and has no receipt" : $"is {message.State} and has a final receipt";
        if (receipt is null)
            return null;
        if (receipt.MessageUuid != message.MessageUuid || receipt.TransmissionId != message.TransmissionId)
            return "has a receipt with another messageUUID or transmissionId";
        var isCompleted = receipt.Status == ReceiptStatus.Completed;
        if ((message.State == MessageState.Accepted) != isCompleted || receipt.Status == ReceiptStatus.Received)
            return $"is {message.State} and its receipt is {receipt.Status}";
        if (isCompleted != receipt.ErrorCode is null)
            return $"has the receipt {receipt.Status} {(receipt.ErrorCode is null ? "without an errorCode" : "with an errorCode")}";
        return isCompleted && !acceptedBy.Contains(message.Fagsystem!) ? "has the receipt Completed, and no fagsystem is known to have accepted it" : null;
    }

    private async Task DecodeAsync(Message message, CancellationToken cancellationToken)
    {
        foreach (var file in message.Files)
        {
            _files++;
            var fault = await ReadBack.FaultAsync(() => contents.OpenFileAsync(message.Xml, file, cancellationToken), file.Content.Sha256, cancellationToken);
            if (fault is not null && await IsThereAsync(message, cancellationToken))
                findings.Add($"File {file.Number} of message {message.MessageUuid} {fault}");
        }
    }

    /// <summary>A server that runs may have deleted it meanwhile, as its settings say.</summary>
    private async Task<bool> IsThereAsync(Message message, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Messages.AnyAsync(row => row.Id == message.Id && row.ContentsDeletedAt == null, cancellationToken);
    }

    /// <summary>What belongs to a message belongs to one that is there.</summary>
    private async Task FindStrayAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var moment = await database.BeginReadAsync(cancellationToken);
        foreach (var (what, uuids) in new (string, IQueryable<Guid>)[]
        {
            ("An entry of the outbox", database.Outbox.Select(row => row.MessageUuid)),
            ("A refused copy", database.RefusedCopies.Select(row => row.MessageUuid)),
        })
        {
            foreach (var uuid in await uuids.Distinct().Where(uuid => !database.Messages.Any(message => message.MessageUuid == uuid)).ToListAsync(cancellationToken))
                findings.Add($"{what} is of message {uuid}, which is not there.");
        }
    }
}
