using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Storage;

namespace PostModtag.Application.GetMessageXml;

/// <summary>Get a message's XML, byte for byte as it came. Null when there is no such message.</summary>
public sealed record GetMessageXmlQuery(Guid MessageUuid) : IRequest<MessageXml?>, IOfCallersAuthorities;

/// <summary>The XML with the Content-Type it came with. Whoever gets it disposes the stream.</summary>
public sealed record MessageXml(Stream Content, string ContentType);

/// <summary>Opens the XML.</summary>
public sealed class GetMessageXmlHandler(CallersMessages messages, IContentStore contents) : IRequestHandler<GetMessageXmlQuery, MessageXml?>
{
    /// <inheritdoc />
    public async Task<MessageXml?> Handle(GetMessageXmlQuery request, CancellationToken cancellationToken) =>
        await messages.FindAsync(request.MessageUuid, cancellationToken) is { } message
            ? new MessageXml(await contents.OpenReadAsync(message.Xml, cancellationToken), message.ContentType)
            : null;
}
