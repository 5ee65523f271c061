using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Api.Http;
using PostModtag.Api.Mapping;
using PostModtag.Application.Access;
using PostModtag.Application.FindOutboxEntries;
using PostModtag.Application.Outbox;
using PostModtag.Application.Paging;
using PostModtag.Application.RetryOutboxEntry;
using PostModtag.Contract.Administration;

namespace PostModtag.Api.Administration;

/// <summary>What is told to others of decided messages: maps each call to its query or command and back.</summary>
[ApiController]
public sealed class OutboxController(IMediator mediator, IMapper mapper) : OutboxControllerBase
{
    /// <inheritdoc />
    [Authorize(Permissions.ReadOperation)]
    public override async Task<ActionResult<OutboxPage>> FindOutboxEntries(OutboxKind? kind, OutboxState? state, string? fagsystem, int? pageSize, string? cursor, CancellationToken cancellationToken)
    {
        var filter = new OutboxFilter(kind?.To<Domain.Outbox.OutboxKind>(), state?.To<Domain.Outbox.OutboxState>(), fagsystem);
        return await mediator.Send(new FindOutboxEntriesQuery { Filter = filter, PageSize = pageSize ?? 50, Cursor = cursor }, cancellationToken) switch
        {
            PageResult<Domain.Outbox.OutboxEntry>.Page page => mapper.Map<OutboxPage>(page),
            var other => new ResultOf(AdministrationProblems.InvalidPage(other)),
        };
    }

    /// <inheritdoc />
    [Authorize(Permissions.DecideMessages)]
    public override async Task<ActionResult<OutboxEntry>> RetryOutboxEntry(long id, CancellationToken cancellationToken) =>
        Revisions.Answer(await mediator.Send(new RetryOutboxEntryCommand(id), cancellationToken), entry => Ok(mapper.Map<OutboxEntry>(entry)));
}
