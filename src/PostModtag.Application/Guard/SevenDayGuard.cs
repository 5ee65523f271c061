using Microsoft.Extensions.Logging;
using PostModtag.Application.Hosting;
using PostModtag.Domain.Guard;

namespace PostModtag.Application.Guard;

/// <summary>Counts once a minute, for metrics and health, and says once a day of each that is quiet that it is.</summary>
internal sealed class SevenDayGuard(Countdowns countdowns, CountdownMetrics metrics, TimeProvider clock, ILogger<SevenDayGuard> log) : ClockedService(TimeSpan.FromMinutes(1), clock)
{
    private readonly Dictionary<string, (int Days, CountdownCause? Cause)> _said = [];

    /// <inheritdoc />
    protected override void Begin() => metrics.Begin();

    /// <inheritdoc />
    protected override async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counted = await countdowns.CountAsync(cancellationToken);
        foreach (var countdown in counted.Countdowns)
            Say(countdown);
        foreach (var gone in _said.Keys.Except(counted.Countdowns.Select(countdown => countdown.Whose)).ToList())
            _said.Remove(gone);
        countdowns.Latest = counted;
    }

    /// <inheritdoc />
    protected override void TellFailure(Exception exception) => GuardLog.CountingFailed(log, ExceptionDescription.Of(exception));

    private void Say(Countdown countdown)
    {
        var whose = countdown.Whose;
        if (!countdown.IsQuiet)
        {
            if (_said.Remove(whose))
                GuardLog.QuietNoMore(log, whose);
            return;
        }

        if (_said.TryGetValue(whose, out var said) && said == (countdown.Days, countdown.Cause))
            return;
        _said[whose] = (countdown.Days, countdown.Cause);
        var level = countdown.Level == CountdownLevel.Warning ? LogLevel.Warning : LogLevel.Error;
        if (countdown.Cause == CountdownCause.NothingDecided)
            GuardLog.NothingDecided(log, level, whose, countdown.Text.English);
        else
            GuardLog.NothingCame(log, level, whose, countdown.Text.English);
    }
}

/// <summary>What the guard writes to the log: CVR numbers of authorities, keys of fagsystemer, numbers and moments.</summary>
internal static partial class GuardLog
{
    [LoggerMessage(EventId = 130, Message = "Quiet: {Whose}. {Text}")]
    public static partial void NothingCame(ILogger log, LogLevel level, string whose, string text);

    [LoggerMessage(EventId = 131, Message = "Not decided: {Whose}. {Text}")]
    public static partial void NothingDecided(ILogger log, LogLevel level, string whose, string text);

    [LoggerMessage(132, LogLevel.Error, "Counting the days since something was taken failed and is tried again. It threw {Exception}")]
    public static partial void CountingFailed(ILogger log, string exception);

    [LoggerMessage(133, LogLevel.Information, "No longer quiet: {Whose}")]
    public static partial void QuietNoMore(ILogger log, string whose);
}
