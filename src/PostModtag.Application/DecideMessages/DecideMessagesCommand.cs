using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.DecideMessages;

/// <summary>A person's decision about many messages that are not decided: those of a list, or those that a filter finds.</summary>
public sealed class DecideMessagesCommand : IRequest<Change<DecidedMessages>>, IOfCallersAuthorities
{
    /// <summary>What is decided.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The messages; null with a filter.</summary>
    public IReadOnlyList<Guid>? Messages { get; init; }

    /// <summary>What to look for among the messages that are not decided; null with a list.</summary>
    public MessageFilter? Filter { get; init; }

    /// <summary>With a filter, where the call before has ended; null for the first.</summary>
    public string? Cursor { get; init; }
}

/// <summary>What became of each.</summary>
/// <param name="Messages">The messages, in the order of the list, or the newest first.</param>
/// <param name="NextCursor">Where the next begin; null when there are no more.</param>
public sealed record DecidedMessages(IReadOnlyList<DecidedMessage> Messages, string? NextCursor);

/// <summary>What became of one.</summary>
public sealed record DecidedMessage(Guid MessageUuid, Change<Message> Change);
