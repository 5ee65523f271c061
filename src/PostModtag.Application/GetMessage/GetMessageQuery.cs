using MediatR;
using PostModtag.Application.Outbox;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.GetMessage;

/// <summary>Get one message with everything that is known of it. Null when there is none.</summary>
public sealed record GetMessageQuery(Guid MessageUuid) : IRequest<MessageWithCopies?>;

/// <summary>A message, the bodies that were refused under its messageUUID, the times that its fagsystem was asked, and what is told to others of it.</summary>
public sealed record MessageWithCopies(Message Message, IReadOnlyList<RefusedCopy> RefusedCopies, IReadOnlyList<DeliveryAttempt> Attempts, IReadOnlyList<OutboxEntry> Outbox);

/// <summary>Gets the message.</summary>
public sealed class GetMessageHandler(IMessageStore store, IOutbox outbox) : IRequestHandler<GetMessageQuery, MessageWithCopies?>
{
    /// <inheritdoc />
    public async Task<MessageWithCopies?> Handle(GetMessageQuery request, CancellationToken cancellationToken) =>
        await store.FindAsync(request.MessageUuid, cancellationToken) is { } message
            ? new MessageWithCopies(
                message,
                await store.FindRefusedCopiesAsync(request.MessageUuid, cancellationToken),
                await store.FindAttemptsAsync(request.MessageUuid, cancellationToken),
                await outbox.FindOfMessageAsync(request.MessageUuid, cancellationToken))
            : null;
}
