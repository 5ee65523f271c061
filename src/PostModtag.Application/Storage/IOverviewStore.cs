using PostModtag.Domain.Messages;

namespace PostModtag.Application.Storage;

/// <summary>Counts messages for those who look at how it goes.</summary>
public interface IOverviewStore
{
    /// <summary>How many messages were received from one moment until before another, by recipient, state and fagsystem.</summary>
    Task<IReadOnlyList<CountedMessages>> CountAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>The messages that are not decided, whenever they were received: there are few of them beside the others.</summary>
    Task<IReadOnlyList<UndecidedMessage>> FindUndecidedAsync(CancellationToken cancellationToken);
}

/// <summary>Messages that are alike, and how many they are.</summary>
/// <param name="RecipientId">The recipientID; null where it could not be read.</param>
/// <param name="State">Where they stand.</param>
/// <param name="Fagsystem">The key of the fagsystem that they are for; null where none was designated.</param>
/// <param name="Count">How many.</param>
public sealed record CountedMessages(string? RecipientId, MessageState State, string? Fagsystem, int Count)
{
    /// <summary>The count only: a recipient may be a person.</summary>
    public override string ToString() => $"{Count} {State}";
}

/// <summary>A message that is not decided.</summary>
/// <param name="ReceivedAt">When it was received, UTC.</param>
/// <param name="RecipientId">The recipientID; null where it could not be read.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Fagsystem">The key of the fagsystem that it is for; null where none was designated.</param>
public sealed record UndecidedMessage(DateTimeOffset ReceivedAt, string? RecipientId, MessageState State, string? Fagsystem)
{
    /// <summary>The state only: a recipient may be a person.</summary>
    public override string ToString() => $"{State}";
}
