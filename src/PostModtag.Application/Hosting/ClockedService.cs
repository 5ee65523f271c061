using Microsoft.Extensions.Hosting;

namespace PostModtag.Application.Hosting;

/// <summary>
/// Does something when the server starts, and again each time that an interval is over: by the clock, which may be set, where a timer
/// counts for itself. What fails is told, and done again next time.
/// </summary>
internal abstract class ClockedService(TimeSpan interval, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>The clock.</summary>
    protected TimeProvider Clock => clock;

    /// <summary>Is called once, before the first time.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Does it.</summary>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellationToken">Set when the server stops.</param>
    protected abstract Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Says in the log that it failed.</summary>
    protected abstract void TellFailure(Exception exception);

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Begin();
        DateTimeOffset? begunAt = null;
        using var timer = new PeriodicTimer(Tick, clock);
        do
        {
            var now = clock.GetUtcNow();
            if ((now - begunAt)?.Duration() < interval)
                continue;
            begunAt = now;
            try
            {
                await RunAsync(now, stoppingToken);
            }
#pragma warning disable CA1031 // A database that is away comes back; what was to be done is done then.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                TellFailure(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
