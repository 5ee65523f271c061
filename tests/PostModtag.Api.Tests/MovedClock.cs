namespace PostModtag.Api.Tests;

/// <summary>A clock that stands where the test has set it; timers run as they do.</summary>
public sealed class MovedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
