using MediatR;
using PostModtag.Application.Storage;

namespace PostModtag.Application.GetMessage;

/// <summary>Get one message with everything that is known of it. Null when there is none.</summary>
public sealed record GetMessageQuery(Guid MessageUuid) : IRequest<WholeMessage?>;

/// <summary>Gets the message.</summary>
public sealed class GetMessageHandler(IMessageStore store) : IRequestHandler<GetMessageQuery, WholeMessage?>
{
    /// <inheritdoc />
    public Task<WholeMessage?> Handle(GetMessageQuery request, CancellationToken cancellationToken) => store.FindWholeAsync(request.MessageUuid, cancellationToken);
}
