using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.Hosting;
using PostModtag.Application.Metrics;
using PostModtag.Application.Routing;
using PostModtag.Domain.Audit;

namespace PostModtag.Application.Retention;

/// <summary>Deletes once an hour, or in one hour of the day, what is kept no longer, some messages at a time, so that those that come in do not wait for it.</summary>
internal sealed class RetentionJob(IRetentionStore store, IOptions<PostModtagOptions> options, PostModtagMeter meter, TimeProvider clock, ILogger<RetentionJob> log)
    : ClockedService(options.Value.Retention.Hour is null ? EachHour : InOneHour, clock)
{
    private const int Batch = 100;

    private static readonly TimeSpan EachHour = TimeSpan.FromHours(1);

    // Often enough that no hour passes between two times.
    private static readonly TimeSpan InOneHour = TimeSpan.FromMinutes(20);

    /// <summary>Who the audit trail says has deleted.</summary>
    private const string Actor = "retention";

    private readonly Counter<long> _contents = meter.Meter.CreateCounter<long>("postmodtag.retention.contents_deleted", "{message}", "Messages whose XML and files were deleted.");
    private readonly Counter<long> _messages = meter.Meter.CreateCounter<long>("postmodtag.retention.messages_deleted", "{message}", "Messages that were deleted with all that was kept of them.");
    private long _endedAt;
    private bool _isErased = true;

    /// <inheritdoc />
    protected override void Begin()
    {
        meter.Meter.CreateObservableGauge("postmodtag.retention.last_run_timestamp", LastRun, "s", "When deleting what is kept no longer was last done to its end, in seconds since 1970. Not there before.");
        meter.Meter.CreateObservableGauge("postmodtag.retention.erasing", () => _isErased ? 0 : 1, "1", "1 while something that was deleted is not yet overwritten.");
    }

    /// <inheritdoc />
    protected override async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (options.Value.Retention.Hour is { } hour && DanishDay.ClockOf(now).Hour != hour)
            return;
        foreach (var plan in RetentionPlan.Of(options.Value.Retention))
            await RunAsync(plan, now, cancellationToken);

        // Also what an earlier run could not, or did not come to before the server ended.
        // The database is in use for a moment often enough, at a start above all: said is what goes on.
        var wasErased = _isErased;
        _isErased = await store.EraseAsync(cancellationToken);
        if (!_isErased && !wasErased)
            RetentionLog.NotErased(log);
        Volatile.Write(ref _endedAt, Clock.GetUtcNow().ToUnixTimeSeconds());
    }

    /// <inheritdoc />
    protected override void TellFailure(Exception exception) => RetentionLog.Failed(log, ExceptionDescription.Of(exception));

    private async Task RunAsync(RetentionPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (whose, authority) = (plan.Scope.Whose, plan.Scope.IsOthers ? null : plan.Scope.Authorities[0]);
        AuditEntry Entry(AuditAction action, string what, int days) => new(now, Actor, action, authority, null, $"{what} of {whose}, {days} days after their final receipt");

        var messages = plan.MetadataDays is { } days ? await AllAsync(
            () => store.DeleteMessagesAsync(plan.Scope, now.AddDays(-days), Batch, count => Entry(AuditAction.MessagesDeleted, $"{count} messages", days), cancellationToken), _messages) : 0;
        var contents = plan.ContentsDays is { } contentsDays ? await AllAsync(
            () => store.DeleteContentsAsync(plan.Scope, now.AddDays(-contentsDays), now, Batch, count => Entry(AuditAction.ContentsDeleted, $"XML and files of {count} messages", contentsDays), cancellationToken), _contents) : 0;
        if (messages + contents > 0)
            RetentionLog.Deleted(log, whose, messages, contents);
    }

    private static async Task<int> AllAsync(Func<Task<int>> delete, Counter<long> counter)
    {
        var (all, last) = (0, 0);
        do
        {
            last = await delete();
            counter.Add(last);
            all += last;
        }
        while (last == Batch);
        return all;
    }

    private IEnumerable<Measurement<long>> LastRun() => Volatile.Read(ref _endedAt) is var endedAt and > 0 ? [new Measurement<long>(endedAt)] : [];
}

/// <summary>What deleting writes to the log: CVR numbers of authorities, and numbers.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(150, LogLevel.Information, "Deleted as the settings say, of {Whose}: {Messages} messages, and XML and files of {Contents} others")]
    public static partial void Deleted(ILogger log, string whose, int messages, int contents);

    [LoggerMessage(151, LogLevel.Error, "Deleting what is kept no longer failed and is tried again in an hour. It threw {Exception}")]
    public static partial void Failed(ILogger log, string exception);

    [LoggerMessage(152, LogLevel.Warning, "Something that was deleted is not yet overwritten: a backup is being taken, or the database is in use. It is tried again in an hour")]
    public static partial void NotErased(ILogger log);
}
