using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using PostModtag.Api.Http;
using PostModtag.Api.Mapping;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.DecideMessage;
using PostModtag.Application.DecideMessages;
using PostModtag.Application.Deliveries;
using PostModtag.Application.FindMessages;
using PostModtag.Application.GetMessage;
using PostModtag.Application.GetMessageFile;
using PostModtag.Application.GetMessageXml;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;
using PostModtag.Contract.Administration;
using PostModtag.Domain.Messages;
using DecidedMessage = PostModtag.Contract.Administration.DecidedMessage;
using DecidedMessages = PostModtag.Contract.Administration.DecidedMessages;
using MessageDecisions = PostModtag.Contract.Administration.MessageDecisions;
using MessageSummary = PostModtag.Contract.Administration.MessageSummary;
using MessageState = PostModtag.Contract.Administration.MessageState;

namespace PostModtag.Api.Administration;

/// <summary>The messages that were received: maps each call to its query and back.</summary>
[ApiController]
public sealed class MessagesController(IMediator mediator, IMapper mapper) : MessagesControllerBase
{
    /// <inheritdoc />
    [Authorize(Permissions.ReadMessages)]
    public override async Task<ActionResult<MessagePage>> FindMessages(
        DateTimeOffset? receivedFrom, DateTimeOffset? receivedBefore, MessageState? state, DeliveryConcern? concern, string? sender,
        string? recipient, string? contactPoint, string? label, string? fagsystem, int? pageSize, string? cursor, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(
            new FindMessagesQuery
            {
                Filter = new MessageFilter
                {
                    ReceivedFrom = receivedFrom,
                    ReceivedBefore = receivedBefore,
                    State = state?.To<Domain.Messages.MessageState>(),
                    Concern = concern?.To<Domain.Deliveries.DeliveryConcern>(),
                    SenderId = sender,
                    RecipientId = recipient,
                    ContactPointId = contactPoint,
                    Label = label,
                    Fagsystem = fagsystem,
                },
                PageSize = pageSize ?? 50,
                Cursor = cursor,
            },
            cancellationToken);

        return result switch
        {
            PageResult<ListedMessage>.Page page => mapper.Map<MessagePage>(page),
            var other => new ResultOf(AdministrationProblems.InvalidPage(other)),
        };
    }

    /// <inheritdoc />
    [Authorize(Permissions.ReadMessages)]
    public override async Task<ActionResult<MessageDetails>> GetMessage(Guid messageUUID, CancellationToken cancellationToken) =>
        await mediator.Send(new GetMessageQuery(messageUUID), cancellationToken) is { } message
            ? mapper.Map<MessageDetails>(message)
            : new ResultOf(AdministrationProblems.NotFound());

    /// <inheritdoc />
    [Authorize(Permissions.ReadMessages)]
    public override async Task<IActionResult> GetMessageXml(Guid messageUUID, CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new GetMessageXmlQuery(messageUUID), cancellationToken),
            xml => Download(xml.Content, xml.Content.Length, xml.ContentType, $"{messageUUID}.xml"));

    /// <inheritdoc />
    [Authorize(Permissions.ReadMessages)]
    public override async Task<IActionResult> GetMessageFile(Guid messageUUID, int number, CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new GetMessageFileQuery(messageUUID, number), cancellationToken),
            file => Download(file.Content, file.File.Content.Length, file.File.EncodingFormat, string.IsNullOrWhiteSpace(file.File.FileName) ? $"file-{number}" : file.File.FileName));

    /// <inheritdoc />
    [Authorize(Permissions.DecideMessages)]
    public override async Task<ActionResult<MessageSummary>> DecideMessage(MessageDecision body, Guid messageUUID, CancellationToken cancellationToken)
    {
        var command = new DecideMessageCommand(messageUUID, new Decision(body.Action.To<MessageAction>(), body.Fagsystem, body.Reason));
        return Revisions.Answer(await mediator.Send(command, cancellationToken), message => Ok(mapper.Map<MessageSummary>(message)));
    }

    /// <inheritdoc />
    [Authorize(Permissions.DecideMessages)]
    public override async Task<ActionResult<DecidedMessages>> DecideMessages(MessageDecisions body, CancellationToken cancellationToken)
    {
        var command = new DecideMessagesCommand
        {
            Decision = new Decision(body.Action.To<MessageAction>(), body.Fagsystem, body.Reason),
            Messages = body.Messages,
            Filter = body.Filter is null ? null : Undecided(body.Filter),
            Cursor = body.Cursor,
        };
        return Revisions.Answer(await mediator.Send(command, cancellationToken), decided => Ok(new DecidedMessages
        {
            Messages = [.. decided.Messages.Select(Show)],
            NextCursor = decided.NextCursor,
        }));
    }

    private static MessageFilter Undecided(MessageSelection selection) => new()
    {
        IsUndecided = true,
        ReceivedFrom = selection.ReceivedFrom,
        ReceivedBefore = selection.ReceivedBefore,
        State = selection.State?.To<Domain.Messages.MessageState>(),
        Concern = selection.Concern?.To<Domain.Deliveries.DeliveryConcern>(),
        SenderId = selection.Sender,
        RecipientId = selection.Recipient,
        ContactPointId = selection.ContactPoint,
        Label = selection.Label,
        Fagsystem = selection.Fagsystem,
    };

    private static DecidedMessage Show(Application.DecideMessages.DecidedMessage decided)
    {
        var (outcome, code, detail) = decided.Change switch
        {
            Change<Message>.Done done => (done.Value.IsDecided ? DecidedMessageOutcome.REJECTED : DecidedMessageOutcome.DUE, (AdministrationProblemCode?)null, (string?)null),
            Change<Message>.Refused refused => (DecidedMessageOutcome.REFUSED, AdministrationProblems.Of(refused.Reason).Code, refused.Detail),
            _ => (DecidedMessageOutcome.REFUSED, AdministrationProblemCode.NOT_FOUND, "There is no message with that messageUUID."),
        };
        return new DecidedMessage { MessageUUID = decided.MessageUuid, Outcome = outcome, Code = code, Detail = detail };
    }

    private static IActionResult Answer<T>(Opened<T> opened, Func<T, IActionResult> download) => opened switch
    {
        Opened<T>.Done done => download(done.Value),
        Opened<T>.Deleted deleted => new ResultOf(AdministrationProblems.ContentsDeleted(deleted.At)),
        _ => new ResultOf(AdministrationProblems.NotFound()),
    };

    /// <summary>What senders made is only ever downloaded: no browser shows or runs it as a page of this server.</summary>
    private FileStreamResult Download(Stream content, long length, string declaredType, string name)
    {
        Response.ContentLength = length;
        Response.Headers.XContentTypeOptions = "nosniff";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var type = MediaTypeHeaderValue.TryParse(declaredType, out var parsed) ? parsed.ToString() : "application/octet-stream";
        return File(content, type, name);
    }
}
