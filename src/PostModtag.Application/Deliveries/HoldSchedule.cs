using Microsoft.Extensions.Options;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Deliveries;

/// <summary>When a held message's fagsystem is asked again: later each time, and not all at once.</summary>
public sealed class HoldSchedule(IOptions<PostModtagOptions> options)
{
    /// <summary>Holds a message that is not decided, or gives it to a person when it has been tried as long as it was to be.</summary>
    public void Hold(Message message, DeliveryOutcome outcome, DateTimeOffset now)
    {
        var retryAfter = (outcome as DeliveryOutcome.Undecided)?.RetryAfter ?? TimeSpan.Zero;
        var wait = Wait(message.Attempts);
        message.Hold(now + (wait > retryAfter ? wait : retryAfter), now);
        if (message.Concern == DeliveryConcern.Person || now - message.HeldAt >= options.Value.HoldFor)
            message.GiveUp();
    }

    /// <summary>Doubled each time up to the longest, and then half of it left to chance.</summary>
    private TimeSpan Wait(int attempts)
    {
        var doubled = options.Value.HoldFirstDelay * Math.Pow(2, Math.Min(attempts - 1, 30));
        var whole = doubled < options.Value.HoldMaxDelay ? doubled : options.Value.HoldMaxDelay;
#pragma warning disable CA5394 // It spreads load; it keeps no secret.
        return whole * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }
}
