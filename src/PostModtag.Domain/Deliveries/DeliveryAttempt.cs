namespace PostModtag.Domain.Deliveries;

/// <summary>One time that a fagsystem was asked to take a message. It never changes.</summary>
/// <param name="Number">Counted from 1 for each message.</param>
/// <param name="Fagsystem">The key of the fagsystem.</param>
/// <param name="StartedAt">When it was asked, UTC.</param>
/// <param name="EndedAt">When it was known how that ended, UTC.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Reason">Why it is not decided; null when it is, or when the fagsystem has taken it and not finished.</param>
/// <param name="HttpStatus">The HTTP status, where there was one.</param>
public sealed record DeliveryAttempt(int Number, string Fagsystem, DateTimeOffset StartedAt, DateTimeOffset EndedAt, DeliveryResult Result, UndecidedReason? Reason, int? HttpStatus)
{
    /// <summary>An attempt that ended so.</summary>
    public static DeliveryAttempt Of(int number, string fagsystem, DateTimeOffset startedAt, DateTimeOffset endedAt, DeliveryOutcome outcome)
    {
        var undecided = outcome as DeliveryOutcome.Undecided;
        var result = outcome switch
        {
            DeliveryOutcome.Accepted => DeliveryResult.Accepted,
            DeliveryOutcome.Rejected => DeliveryResult.Rejected,
            DeliveryOutcome.Taken => DeliveryResult.Taken,
            _ => DeliveryResult.Undecided,
        };
        return new DeliveryAttempt(number, fagsystem, startedAt, endedAt, result, undecided?.Reason, undecided?.HttpStatus);
    }
}

/// <summary>How an attempt ended.</summary>
public enum DeliveryResult
{
    /// <summary>The fagsystem took the message; final.</summary>
    Accepted,

    /// <summary>The fagsystem rejected the message; final.</summary>
    Rejected,

    /// <summary>The fagsystem has the message and has not finished.</summary>
    Taken,

    /// <summary>No answer that decides.</summary>
    Undecided,
}
