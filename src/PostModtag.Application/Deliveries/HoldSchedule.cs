using Microsoft.Extensions.Options;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Deliveries;

/// <summary>When a held message's fagsystem is asked again: later each time, and not all at once.</summary>
internal sealed class HoldSchedule(IOptions<PostModtagOptions> options)
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
        var next = now + Wait(message.Tries, undecided);
        message.Hold(next < end ? next : end, now);
        if (message.Concern == DeliveryConcern.Person || now >= end)
            message.GiveUp();
    }

    private TimeSpan Wait(int tries, DeliveryOutcome.Undecided? undecided)
    {
        var first = options.Value.HoldFirstDelay;
        return undecided?.Reason is UndecidedReason.TooManyAtOnce or UndecidedReason.CircuitOpen
            ? Backoff.Wait(first < Soon ? first : Soon, Soon, 1, undecided.RetryAfter)
            : Backoff.Wait(first, options.Value.HoldMaxDelay, tries, undecided?.RetryAfter);
    }
}
