using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Deliveries;

/// <summary>Asks a fagsystem on another host to take a message, at its EP_FS1.</summary>
public interface IRestFagsystem
{
    /// <summary>
    /// Sends the message's bytes as they came, under its transaction id, and says what came back. Whatever goes wrong is an
    /// outcome and no exception.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="fagsystem">The fagsystem; of the kind REST.</param>
    /// <param name="patience">How long it may take at most; less when the fagsystem itself is allowed less.</param>
    /// <param name="cancellationToken">Set when the server stops.</param>
    Task<DeliveryOutcome> DeliverAsync(Message message, Fagsystem fagsystem, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>How the way to a fagsystem is at this moment, on this node.</summary>
    ConnectionState StateOf(Fagsystem fagsystem);
}

/// <summary>How the way to a fagsystem is.</summary>
public enum ConnectionState
{
    /// <summary>Messages go through.</summary>
    Open,

    /// <summary>It has failed so often that it is left alone for a while.</summary>
    Broken,

    /// <summary>It has been left alone, and one message is tried.</summary>
    Trying,
}
