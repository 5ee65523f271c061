using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Api.Http;
using PostModtag.Application.Access;
using PostModtag.Application.ExportAuditEntries;
using PostModtag.Application.FindAuditEntries;
using PostModtag.Application.Paging;
using PostModtag.Contract.Administration;
using AuditEntry = PostModtag.Domain.Audit.AuditEntry;

namespace PostModtag.Api.Administration;

/// <summary>The audit trail: maps the call to its query and back.</summary>
[ApiController]
public sealed class AuditController(IMediator mediator, IMapper mapper) : AuditControllerBase
{
    /// <inheritdoc />
    [Authorize(Permissions.ReadAudit)]
    public override async Task<ActionResult<AuditPage>> FindAuditEntries(string? authority, string? fagsystem, int? pageSize, string? cursor, CancellationToken cancellationToken)
    {
        var query = new FindAuditEntriesQuery { Authority = authority, Fagsystem = fagsystem, PageSize = pageSize ?? 50, Cursor = cursor };
        return await mediator.Send(query, cancellationToken) switch
        {
            PageResult<AuditEntry>.Page page => mapper.Map<AuditPage>(page),
            var other => new ResultOf(AdministrationProblems.InvalidPage(other)),
        };
    }

    /// <inheritdoc />
    [Authorize(Permissions.ReadAudit)]
    public override async Task<IActionResult> ExportAuditEntries(DateTimeOffset? from, DateTimeOffset? before, CancellationToken cancellationToken) =>
        new JsonLines<Contract.Administration.AuditEntry>(
            (await mediator.Send(new ExportAuditEntriesQuery(from, before), cancellationToken)).Select(mapper.Map<Contract.Administration.AuditEntry>), "audit.ndjson");
}
