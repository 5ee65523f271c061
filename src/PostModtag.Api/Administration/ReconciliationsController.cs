using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Api.Http;
using PostModtag.Application.Access;
using PostModtag.Application.FindReconciliations;
using PostModtag.Application.Paging;
using PostModtag.Contract.Administration;
using PostModtag.Domain.Reconciliation;

namespace PostModtag.Api.Administration;

/// <summary>What became of each day's messages: maps the call to its query and back.</summary>
[ApiController]
public sealed class ReconciliationsController(IMediator mediator, IMapper mapper) : ReconciliationsControllerBase
{
    /// <inheritdoc />
    [Authorize(Permissions.ReadOperation)]
    public override async Task<ActionResult<ReconciliationPage>> FindReconciliations(string authority, int? pageSize, string? cursor, CancellationToken cancellationToken)
    {
        var query = new FindReconciliationsQuery { Cvr = authority, PageSize = pageSize ?? 50, Cursor = cursor };
        return await mediator.Send(query, cancellationToken) switch
        {
            PageResult<ReconciliationRecord>.Page page => mapper.Map<ReconciliationPage>(page),
            var other => new ResultOf(AdministrationProblems.InvalidPage(other)),
        };
    }
}
