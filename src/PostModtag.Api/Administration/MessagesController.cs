using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using PostModtag.Api.Http;
using PostModtag.Api.Mapping;
using PostModtag.Application.FindMessages;
using PostModtag.Application.GetMessage;
using PostModtag.Application.GetMessageFile;
using PostModtag.Application.GetMessageXml;
using PostModtag.Application.Storage;
using PostModtag.Contract.Administration;

namespace PostModtag.Api.Administration;

/// <summary>The messages that were received: maps each call to its query and back.</summary>
[ApiController]
public sealed class MessagesController(IMediator mediator, IMapper mapper) : MessagesControllerBase
{
    /// <inheritdoc />
    public override async Task<ActionResult<MessagePage>> FindMessages(
        DateTimeOffset? receivedFrom, DateTimeOffset? receivedBefore, MessageState? state, string? sender, string? recipient,
        string? contactPoint, int? pageSize, string? cursor, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(
            new FindMessagesQuery
            {
                Filter = new MessageFilter
                {
                    ReceivedFrom = receivedFrom,
                    ReceivedBefore = receivedBefore,
                    State = state is { } wanted ? ContractProfile.State(wanted) : null,
                    SenderId = sender,
                    RecipientId = recipient,
                    ContactPointId = contactPoint,
                },
                PageSize = pageSize ?? 50,
                Cursor = cursor,
            },
            cancellationToken);

        return result switch
        {
            FindMessagesResult.Page page => mapper.Map<MessagePage>(page),
            FindMessagesResult.Invalid invalid => new ResultOf(Problems.InvalidParameter(invalid.Reason)),
            _ => throw new InvalidOperationException($"{result.GetType()} is no outcome of finding messages."),
        };
    }

    /// <inheritdoc />
    public override async Task<ActionResult<MessageDetails>> GetMessage(Guid messageUUID, CancellationToken cancellationToken) =>
        await mediator.Send(new GetMessageQuery(messageUUID), cancellationToken) is { } message
            ? mapper.Map<MessageDetails>(message)
            : new ResultOf(Problems.NotFound());

    /// <inheritdoc />
    public override async Task<IActionResult> GetMessageXml(Guid messageUUID, CancellationToken cancellationToken) =>
        await mediator.Send(new GetMessageXmlQuery(messageUUID), cancellationToken) is { } xml
            ? Download(xml.Content, xml.ContentType, $"{messageUUID}.xml")
            : new ResultOf(Problems.NotFound());

    /// <inheritdoc />
    public override async Task<IActionResult> GetMessageFile(Guid messageUUID, int number, CancellationToken cancellationToken) =>
        await mediator.Send(new GetMessageFileQuery(messageUUID, number), cancellationToken) is { } file
            ? Download(file.Content, file.File.EncodingFormat, file.File.FileName)
            : new ResultOf(Problems.NotFound());

    /// <summary>What senders made is only ever downloaded: no browser shows or runs it as a page of this server.</summary>
    private FileStreamResult Download(Stream content, string declaredType, string name)
    {
        Response.Headers.XContentTypeOptions = "nosniff";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var type = MediaTypeHeaderValue.TryParse(declaredType, out var parsed) ? parsed.ToString() : "application/octet-stream";
        return File(content, type, name);
    }
}
