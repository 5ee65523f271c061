using Microsoft.Extensions.Options;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Deliveries;

/// <summary>When a held message's fagsystem is asked again: later each time, and not all at once.</summary>
public sealed class HoldSchedule(IOptions<PostModtagOptions> options)
{
    /// <summary>The wait of a message that was only put off: its fagsystem was busy with others.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Holds a message that is not decided. When it has been tried as long as it was to be it is given to a person, after its
    /// fagsystem has been asked a last time.
    /// </summary>
    public void Hold(Message message, DeliveryOutcome outcome, DateTimeOffset now)
    {
        var undecided = outcome as DeliveryOutcome.Undecided;
        var end = (message.HoldingSince ?? now) + options.Value.HoldFor;
        var next = now + Longer(Wait(message.Tries, undecided?.Reason), undecided?.RetryAfter ?? TimeSpan.Zero);
        message.Hold(next < end ? next : end, now);
        if (message.Concern == DeliveryConcern.Person || now >= end)
            message.GiveUp();
    }

    /// <summary>Doubled each time up to the longest, and then half of it left to chance.</summary>
    private TimeSpan Wait(int tries, UndecidedReason? reason)
    {
        var (first, longest) = (options.Value.HoldFirstDelay.TotalSeconds, options.Value.HoldMaxDelay.TotalSeconds);
        var whole = reason is UndecidedReason.TooManyAtOnce or UndecidedReason.CircuitOpen
            ? Math.Min(first, Soon.TotalSeconds)
            : Math.Min(first * Math.Pow(2, Math.Clamp(tries - 1, 0, 60)), longest);
#pragma warning disable CA5394 // It spreads load; it keeps no secret.
        return TimeSpan.FromSeconds(whole * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
