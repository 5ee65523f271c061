namespace PostModtag.Cli.Simulating;

/// <summary>A clock on which a day takes as long as somebody wants to wait for it.</summary>
/// <param name="dayTakes">How long a day takes.</param>
/// <param name="clock">The clock that it goes by.</param>
internal sealed class SimulatedClock(TimeSpan dayTakes, TimeProvider clock)
{
    private readonly double _speed = TimeSpan.FromDays(1) / dayTakes;
    private readonly long _begun = clock.GetTimestamp();

    /// <summary>How long it has been going, by itself.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_begun) * _speed;

    /// <summary>Waits until so long has gone by on it.</summary>
    public Task DelayAsync(TimeSpan span, CancellationToken cancellationToken) => Task.Delay(span / _speed, clock, cancellationToken);
}
