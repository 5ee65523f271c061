using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Deliveries;

/// <summary>Asks a fagsystem on another host to take a message, at its EP_FS1.</summary>
public interface IRestFagsystem
{
    /// <summary>
    /// Sends the message's bytes as they came, under its transaction id, and says what came back. Whatever goes wrong on the
    /// way is an outcome and no exception; an exception means that this server's own storage failed.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="fagsystem">The fagsystem; of the kind REST.</param>
    /// <param name="cancellationToken">Set when the time is up. It ends sooner when the fagsystem itself is allowed less.</param>
    Task<DeliveryOutcome> DeliverAsync(Message message, Fagsystem fagsystem, CancellationToken cancellationToken);

    /// <summary>
    /// Calls its EP_FS1 without a message (GET, which it refuses), with what is presented to it and over the same connections. Whatever
    /// goes wrong is in the answer.
    /// </summary>
    /// <param name="fagsystem">The fagsystem; of the kind REST.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<FagsystemProbe> ProbeAsync(Fagsystem fagsystem, CancellationToken cancellationToken);

    /// <summary>How the way to a fagsystem is at this moment, on this node.</summary>
    ConnectionStatus StatusOf(Fagsystem fagsystem);
}

/// <summary>What calling a fagsystem without a message gave.</summary>
/// <param name="Problem">What is wrong; null when an EP_FS1 answered.</param>
/// <param name="HttpStatus">The HTTP status, where there was one.</param>
/// <param name="Took">How long it took.</param>
public sealed record FagsystemProbe(UndecidedReason? Problem, int? HttpStatus, TimeSpan Took);

/// <summary>How the way to a fagsystem is at a moment.</summary>
/// <param name="State">Whether messages go through.</param>
/// <param name="BrokenUntil">Until when it is left alone, UTC; null when it is not.</param>
/// <param name="UnderWay">How many messages are on their way to it.</param>
public sealed record ConnectionStatus(ConnectionState State, DateTimeOffset? BrokenUntil, int UnderWay)
{
    /// <summary>The way to a fagsystem that nothing has been sent to.</summary>
    public static ConnectionStatus Unused { get; } = new(ConnectionState.Open, null, 0);
}

/// <summary>Whether messages go through to a fagsystem.</summary>
public enum ConnectionState
{
    /// <summary>Messages go through.</summary>
    Open,

    /// <summary>It has failed so often that it is left alone for a while.</summary>
    Broken,

    /// <summary>It has been left alone, and the next message is a try.</summary>
    Trying,
}
