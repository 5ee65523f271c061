using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Storage;

namespace PostModtag.Application.GetMessageXml;

/// <summary>Get a message's XML, byte for byte as it came.</summary>
public sealed record GetMessageXmlQuery(Guid MessageUuid) : IRequest<Opened<MessageXml>>, IOfCallersAuthorities;

/// <summary>The XML with the Content-Type it came with.</summary>
public sealed record MessageXml(Stream Content, string ContentType);

/// <summary>Opens the XML.</summary>
internal sealed class GetMessageXmlHandler(CallersMessages messages, IContentStore contents) : IRequestHandler<GetMessageXmlQuery, Opened<MessageXml>>
{
    /// <inheritdoc />
    public async Task<Opened<MessageXml>> Handle(GetMessageXmlQuery request, CancellationToken cancellationToken) =>
        await messages.ViewAsync(request.MessageUuid, "XML", cancellationToken) switch
        {
            null => new Opened<MessageXml>.NotFound(),
            { ContentsDeletedAt: { } at } => new Opened<MessageXml>.Deleted(at),
            var message => new Opened<MessageXml>.Done(new MessageXml(await contents.OpenReadAsync(message.Xml, cancellationToken), message.ContentType)),
        };
}
