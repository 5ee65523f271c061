using System.Globalization;
using PostModtag.Application.Routing;

namespace PostModtag.Application.Operation;

/// <summary>Looks at the clock, by which rules' periods, the seven days, holding and retention count. The database's check compares it with what was kept.</summary>
internal sealed class ClockCheck(TimeProvider clock) : IStartCheck
{
    private static readonly DateTimeOffset Built = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc />
    public string Subject => "clock";

    /// <inheritdoc />
    public Task<IReadOnlyList<StartFinding>> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<IReadOnlyList<StartFinding>>(
        [
            now < Built
                ? new StartFinding(StartFindingLevel.Fatal, string.Create(CultureInfo.InvariantCulture, $"The clock says {now:yyyy-MM-dd HH:mm} UTC, which is before this program was made. Set it, and keep it right with NTP."))
                : new StartFinding(StartFindingLevel.Ok, string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm} UTC, {DanishDay.Of(now):yyyy-MM-dd} in Denmark")),
        ]);
    }
}
