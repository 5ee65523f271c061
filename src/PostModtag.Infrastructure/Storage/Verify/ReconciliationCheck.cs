using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Reconciliation;
using PostModtag.Application.Routing;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Reconciliation;

namespace PostModtag.Infrastructure.Storage.Verify;

/// <summary>Checks that no record of a day is missing or changed, and counts again the days whose messages are all there still.</summary>
internal sealed class ReconciliationCheck(IDbContextFactory<PostModtagDbContext> databases, IReconciliationStore store, Findings findings)
{
    private const int Batch = 500;

    /// <summary>Checks them all, and says how many it were.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var count = 0L;
        var (areSomeDeleted, newest) = await ReadAsync(cancellationToken);
        foreach (var (authority, _, _) in await store.FindAuthoritiesAsync(cancellationToken))
        {
            ReconciliationRecord? last = null;
            while (await store.FindAsync(authority, last?.Number ?? 0, Batch, cancellationToken) is { Count: > 0 } records)
            {
                foreach (var record in records)
                {
                    var fault = record.FaultAfter(last) ?? await RecountAsync(record, areSomeDeleted, cancellationToken);
                    if (fault is not null)
                        findings.Add($"The record of {record.Day:yyyy-MM-dd} of {authority}: {fault}.");
                    last = record;
                    count++;
                }
            }

            if (last is not null && newest is { } until && last.Day < until)
                findings.Add($"The records of {authority} end with {last.Day:yyyy-MM-dd}, and messages have come until after {until:yyyy-MM-dd}: later ones are missing, or the server has not run to make them.");
        }

        return count;
    }

    /// <summary>Whether messages were deleted as the settings say, which are not counted again; and the last day that must have a record.</summary>
    private async Task<(bool AreSomeDeleted, DateOnly? Newest)> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var newest = await database.Messages.OrderByDescending(message => message.ReceivedAt).Select(message => (DateTimeOffset?)message.ReceivedAt).FirstOrDefaultAsync(cancellationToken);
        return (await database.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.MessagesDeleted, cancellationToken), newest is { } at ? DanishDay.Of(at).AddDays(-2) : null);
    }

    private async Task<string?> RecountAsync(ReconciliationRecord record, bool areSomeDeleted, CancellationToken cancellationToken)
    {
        var facts = await store.CountAsync(record.Authority, DanishDay.Begin(record.Day), DanishDay.Begin(record.Day.AddDays(1)), cancellationToken);
        if (facts.MessagesSha256 == record.MessagesSha256)
            return null;
        var isFewer = facts.Received < record.Received || facts.Accepted + facts.Rejected < record.Accepted + record.Rejected;
        return areSomeDeleted && isFewer ? null
            : $"the messages of that day are others now: {facts.Received} received, {facts.Accepted} accepted and {facts.Rejected} rejected, where the record has {record.Received}, {record.Accepted} and {record.Rejected}";
    }
}
