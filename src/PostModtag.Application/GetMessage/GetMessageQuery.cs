using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Storage;

namespace PostModtag.Application.GetMessage;

/// <summary>Get one message with everything that is known of it. Null when there is none.</summary>
public sealed record GetMessageQuery(Guid MessageUuid) : IRequest<WholeMessage?>, IOfCallersAuthorities;

/// <summary>Gets the message.</summary>
internal sealed class GetMessageHandler(CallersMessages messages) : IRequestHandler<GetMessageQuery, WholeMessage?>
{
    /// <inheritdoc />
    public Task<WholeMessage?> Handle(GetMessageQuery request, CancellationToken cancellationToken) => messages.ViewWholeAsync(request.MessageUuid, cancellationToken);
}
