using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.GetMessageFile;

/// <summary>Get one file of a message, decoded. Null when there is no such message or file.</summary>
public sealed record GetMessageFileQuery(Guid MessageUuid, int Number) : IRequest<OpenedFile?>, IOfCallersAuthorities;

/// <summary>A file's bytes, and what the message says of it. Whoever gets it disposes the stream.</summary>
public sealed record OpenedFile(MessageFile File, Stream Content);

/// <summary>Opens the file.</summary>
public sealed class GetMessageFileHandler(CallersMessages messages, IContentStore contents) : IRequestHandler<GetMessageFileQuery, OpenedFile?>
{
    /// <inheritdoc />
    public async Task<OpenedFile?> Handle(GetMessageFileQuery request, CancellationToken cancellationToken)
    {
        var message = await messages.FindAsync(request.MessageUuid, cancellationToken);
        return message?.Files.FirstOrDefault(file => file.Number == request.Number) is { } file
            ? new OpenedFile(file, await contents.OpenFileAsync(message.Xml, file, cancellationToken))
            : null;
    }
}
