using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Deliveries;

/// <summary>What asking a fagsystem to take a message ended as. There is no fifth way.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>It took the message; final.</summary>
    public sealed record Accepted : DeliveryOutcome;

    /// <summary>It rejected the message; final.</summary>
    /// <param name="Rejection">Why, in its own words.</param>
    public sealed record Rejected(Rejection Rejection) : DeliveryOutcome;

    /// <summary>It has the message and has not finished (<c>RECEIVED</c>): it is asked again.</summary>
    public sealed record Taken : DeliveryOutcome;

    /// <summary>It gave no answer that decides: it is asked again, and nobody else.</summary>
    /// <param name="Reason">What came in the place of an answer.</param>
    /// <param name="HttpStatus">The HTTP status, where there was one.</param>
    /// <param name="RetryAfter">How long it asked to be left alone, where it did.</param>
    public sealed record Undecided(UndecidedReason Reason, int? HttpStatus = null, TimeSpan? RetryAfter = null) : DeliveryOutcome;
}

/// <summary>What came in the place of an answer.</summary>
public enum UndecidedReason
{
    /// <summary>A handler in this process threw.</summary>
    HandlerFailed,

    /// <summary>The time was up.</summary>
    Timeout,

    /// <summary>No connection, or it broke.</summary>
    ConnectionFailed,

    /// <summary>TLS could not be agreed, or a certificate is not trusted.</summary>
    TlsFailed,

    /// <summary>408: it says that the message came too slowly.</summary>
    RequestTimeout,

    /// <summary>429: it has too much to do.</summary>
    TooManyRequests,

    /// <summary>5xx: it cannot decide now.</summary>
    ServerError,

    /// <summary>The answer is no receipt that can be read, or has a status that the contract does not know.</summary>
    Unreadable,

    /// <summary>The answer says two things at once.</summary>
    Contradictory,

    /// <summary>The receipt is another message's.</summary>
    OtherMessage,

    /// <summary>401 or 403: it does not let this server in.</summary>
    NotAuthorized,

    /// <summary>404, 405 or 415: there is no EP_FS1 where it should be.</summary>
    NotAnEndpoint,

    /// <summary>400 or 413 with a problem: it says that this was not a PostModtag call.</summary>
    NotTaken,

    /// <summary>It has failed so often that it is left alone for a while.</summary>
    CircuitOpen,

    /// <summary>As many messages as it may have at once are on their way to it.</summary>
    TooManyAtOnce,

    /// <summary>It is paused, retired, removed, or not set up.</summary>
    TakesNone,

    /// <summary>What is to be presented to it cannot be decrypted: the keys are gone.</summary>
    CredentialLost,
}

/// <summary>Whether somebody must see to a delivery that is not decided.</summary>
public enum DeliveryConcern
{
    /// <summary>Nobody: asking again will do.</summary>
    None,

    /// <summary>An operator: the fagsystem, or the way to it, is set up wrong.</summary>
    Configuration,

    /// <summary>A person must look at the message: asking again gives the same.</summary>
    Person,

    /// <summary>A person must decide: it has been tried as long as it was to be.</summary>
    GivenUp,
}

/// <summary>What follows from the reasons.</summary>
public static class UndecidedReasons
{
    /// <summary>Who must see to it.</summary>
    public static DeliveryConcern Concern(this UndecidedReason reason) => reason switch
    {
        UndecidedReason.NotAuthorized or UndecidedReason.NotAnEndpoint or UndecidedReason.CredentialLost => DeliveryConcern.Configuration,
        UndecidedReason.NotTaken => DeliveryConcern.Person,
        _ => DeliveryConcern.None,
    };
}
