using System.Diagnostics.Metrics;
using PostModtag.Application.Metrics;
using PostModtag.Domain.Guard;

namespace PostModtag.Application.Guard;

/// <summary>What the guard counted last, as metrics of each authority and fagsystem.</summary>
internal sealed class CountdownMetrics(PostModtagMeter meter, Countdowns countdowns, TimeProvider clock)
{
    /// <summary>Makes the instruments; they are read when a collector asks.</summary>
    public void Begin()
    {
        meter.Meter.CreateObservableGauge("postmodtag.countdown.seconds_left", () => Measure(countdown => countdown.DeactivatedAt - clock.GetUtcNow()), "s",
            "Until Digital Post deactivates the receiving system for taking nothing; below 0 when the seven days are over. Not there while nothing counts down.");
        meter.Meter.CreateObservableGauge("postmodtag.countdown.undecided_seconds", () => Measure(countdown => clock.GetUtcNow() - countdown.Taken.UndecidedSince ?? TimeSpan.Zero), "s",
            "How long the oldest message that is not decided has waited; 0 when none waits.");
    }

    private IEnumerable<Measurement<double>> Measure(Func<Countdown, TimeSpan?> value)
    {
        foreach (var countdown in countdowns.Latest.Countdowns)
        {
            if (value(countdown) is { } time)
            {
                yield return new Measurement<double>(Math.Round(time.TotalSeconds, 3), countdown.Authority is { } cvr
                    ? KeyValuePair.Create<string, object?>("authority", cvr)
                    : KeyValuePair.Create<string, object?>("fagsystem", countdown.Fagsystem));
            }
        }
    }
}
