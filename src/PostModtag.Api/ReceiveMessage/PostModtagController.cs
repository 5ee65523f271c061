using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.Options;
using PostModtag.Api.Http;
using PostModtag.Application;
using PostModtag.Application.Access;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Domain.Messages;
using Receipt = PostModtag.Contract.Receipt;

namespace PostModtag.Api.ReceiveMessage;

/// <summary>EP_FS1: maps the call to the command, and its three outcomes to the answer.</summary>
[ApiController]
public sealed class PostModtagController(
    IMediator mediator, IMapper mapper, OutputFormatterSelector formatters, IOptions<PostModtagOptions> options) : PostModtagControllerBase
{
    /// <inheritdoc />
    [DisableRequestSizeLimit] // The limit is the reader's own: it is exact, and its answer follows the contract.
    [Authorize(Permissions.ReceiveMessages)]
    public override async Task<ActionResult<Receipt>> ReceiveMessage(
        Guid? x_TransaktionsId, DateTimeOffset? x_TransaktionsTid, CancellationToken cancellationToken)
    {
        if (!CanAnswer())
            return new ResultOf(Problems.NotAcceptable(HttpContext));
        if (!MemoContentType.TryRead(Request, out var charset, out var wrong))
            return new ResultOf(Problems.MediaTypeNotSupported(HttpContext, wrong));
        if (Request.ContentLength > options.Value.MaxMessageBytes)
            return new ResultOf(Problems.TooLarge(HttpContext));

        var result = await mediator.Send(
            new ReceiveMessageCommand
            {
                Body = Request.Body,
                ContentType = Request.ContentType!,
                Charset = charset,
                TransactionId = Transaction.IdOf(HttpContext),
            },
            cancellationToken);

        return result switch
        {
            ReceiveMessageResult.Answered answered => Answer(answered.Receipt),
            ReceiveMessageResult.NotAMessage none => new ResultOf(Problems.NotAMessage(HttpContext, none.Reason, none.Line, none.Column)),
            ReceiveMessageResult.Undecided undecided => new ResultOf(Problems.FagsystemUndecided(HttpContext, undecided.RetryAfter)),
            _ => throw new InvalidOperationException($"{result.GetType()} is no outcome of receiving a message."),
        };
    }

    private ActionResult<Receipt> Answer(Domain.Messages.Receipt receipt)
    {
        var answer = mapper.Map<Receipt>(receipt);

        // A fagsystem on another host may write anything into a code of its own.
        var code = ReceiptError.All.FirstOrDefault(error => error.Code == answer.ErrorCode)?.Code ?? (answer.ErrorCode is null ? "" : "(the fagsystem's own code)");
        HttpContext.Items[RequestLogMiddleware.Outcome] = $"{answer.ReceiptStatus} {code}".TrimEnd();
        return answer;
    }

    /// <summary>Whether the receipt can be written as the caller asks; asked before the body is read.</summary>
    private bool CanAnswer()
    {
        var context = new OutputFormatterWriteContext(HttpContext, (stream, encoding) => new StreamWriter(stream, encoding), typeof(Receipt), new Receipt());
        return formatters.SelectFormatter(context, [], []) is not null;
    }
}
