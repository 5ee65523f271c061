using System.Globalization;
using Microsoft.Extensions.Logging;
using PostModtag.Application.Hosting;
using PostModtag.Application.Routing;
using PostModtag.Domain.Reconciliation;

namespace PostModtag.Application.Reconciliation;

/// <summary>Makes the record of each day that is over, for each authority, and those of earlier days that the server did not run in.</summary>
internal sealed class ReconciliationJob(IReconciliationStore store, TimeProvider clock, ILogger<ReconciliationJob> log) : ClockedService(TimeSpan.FromMinutes(10), clock)
{
    /// <summary>How long after midnight a day is counted: what was received or decided before it is kept by then.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var authority in await store.FindAuthoritiesAsync(cancellationToken))
            await MakeAsync(authority, DanishDay.Of(now - Settled), cancellationToken);
    }

    /// <inheritdoc />
    protected override void TellFailure(Exception exception) => ReconciliationLog.Failed(log, ExceptionDescription.Of(exception));

    /// <summary>Makes the records of the days after the last that has one, until a day that is not over.</summary>
    private async Task MakeAsync(ReconciledAuthority authority, DateOnly today, CancellationToken cancellationToken)
    {
        var last = authority.Last;
        var first = last?.Day.AddDays(1) ?? (authority.FirstReceivedAt is { } receivedAt ? DanishDay.Of(receivedAt) : today);
        for (var day = first; day < today; day = day.AddDays(1))
        {
            var facts = await store.CountAsync(authority.Authority, DanishDay.Begin(day), DanishDay.Begin(day.AddDays(1)), cancellationToken);
            var record = ReconciliationRecord.Of(authority.Authority, day, facts, last);
            if (!await store.AddAsync(record, cancellationToken))
                return;
            if (!record.IsBalanced)
                ReconciliationLog.DoesNotAddUp(log, record.Authority, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), record.CarriedIn, record.Received, record.Accepted, record.Rejected, record.Held);
            last = record;
        }
    }
}

/// <summary>What reconciliation writes to the log: CVR numbers of authorities, days, and numbers.</summary>
internal static partial class ReconciliationLog
{
    [LoggerMessage(160, LogLevel.Error, "The messages of {Authority} on {Day} do not add up: {CarriedIn} carried in and {Received} received are not {Accepted} accepted, {Rejected} rejected and {Held} held")]
    public static partial void DoesNotAddUp(ILogger log, string authority, string day, int carriedIn, int received, int accepted, int rejected, int held);

    [LoggerMessage(161, LogLevel.Error, "Making the days' records failed and is tried again in ten minutes. It threw {Exception}")]
    public static partial void Failed(ILogger log, string exception);
}
