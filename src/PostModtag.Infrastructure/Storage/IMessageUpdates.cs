using Microsoft.EntityFrameworkCore.Metadata;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.Rows;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Keeps changes of messages that are kept already.</summary>
internal interface IMessageUpdates
{
    /// <summary>
    /// Keeps what has changed of a message, and new rows with it, whole and durable. False, and nothing is kept, when another has
    /// changed the message since it was read.
    /// </summary>
    Task<bool> UpdateAsync(Message message, IReadOnlyCollection<object> rows, CancellationToken cancellationToken);
}

/// <summary>What changes of a message; all else stays as it came.</summary>
internal static class MessageChanges
{
    private static readonly string[] Changing =
    [
        nameof(Message.State), nameof(Message.Fagsystem), nameof(Message.Violations), nameof(Message.HeldAt), nameof(Message.HoldingSince), nameof(Message.NextAttemptAt),
        nameof(Message.AskingUntil), nameof(Message.Attempts), nameof(Message.Tries), nameof(Message.Concern), nameof(Message.Receipt),
    ];

    /// <summary>How they are kept.</summary>
    public static EntityUpdate Of(IModel model) => new(model.FindEntityType(typeof(Message))!, Changing);
}
