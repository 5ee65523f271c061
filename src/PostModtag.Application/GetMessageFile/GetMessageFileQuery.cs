using System.Globalization;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.GetMessageFile;

/// <summary>Get one file of a message, decoded.</summary>
public sealed record GetMessageFileQuery(Guid MessageUuid, int Number) : IRequest<Opened<OpenedFile>>, IOfCallersAuthorities;

/// <summary>A file's bytes, and what the message says of it.</summary>
public sealed record OpenedFile(MessageFile File, Stream Content);

/// <summary>Opens the file.</summary>
internal sealed class GetMessageFileHandler(CallersMessages messages, IContentStore contents) : IRequestHandler<GetMessageFileQuery, Opened<OpenedFile>>
{
    /// <inheritdoc />
    public async Task<Opened<OpenedFile>> Handle(GetMessageFileQuery request, CancellationToken cancellationToken)
    {
        var message = await messages.ViewAsync(request.MessageUuid, string.Create(CultureInfo.InvariantCulture, $"file {request.Number}"), cancellationToken);
        if (message?.Files.FirstOrDefault(file => file.Number == request.Number) is not { } file)
            return new Opened<OpenedFile>.NotFound();
        return message.ContentsDeletedAt is { } at
            ? new Opened<OpenedFile>.Deleted(at)
            : new Opened<OpenedFile>.Done(new OpenedFile(file, await contents.OpenFileAsync(message.Xml, file, cancellationToken)));
    }
}
