using MediatR;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.GetMessage;

/// <summary>Get one message with everything that is known of it. Null when there is none.</summary>
public sealed record GetMessageQuery(Guid MessageUuid) : IRequest<MessageWithCopies?>;

/// <summary>A message, the bodies that were refused under its messageUUID, and the times that its fagsystem was asked.</summary>
public sealed record MessageWithCopies(Message Message, IReadOnlyList<RefusedCopy> RefusedCopies, IReadOnlyList<DeliveryAttempt> Attempts);

/// <summary>Gets the message.</summary>
public sealed class GetMessageHandler(IMessageStore store) : IRequestHandler<GetMessageQuery, MessageWithCopies?>
{
    /// <inheritdoc />
    public async Task<MessageWithCopies?> Handle(GetMessageQuery request, CancellationToken cancellationToken) =>
        await store.FindAsync(request.MessageUuid, cancellationToken) is { } message
            ? new MessageWithCopies(message, await store.FindRefusedCopiesAsync(request.MessageUuid, cancellationToken), await store.FindAttemptsAsync(request.MessageUuid, cancellationToken))
            : null;
}
