using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Application.Access;
using PostModtag.Application.GetCountdowns;
using CountdownList = PostModtag.Contract.Administration.CountdownList;

namespace PostModtag.Api.Administration;

/// <summary>The seven-day guard: maps the call to its query and back.</summary>
[ApiController]
public sealed class CountdownsController(IMediator mediator, IMapper mapper) : CountdownsControllerBase
{
    /// <inheritdoc />
    [Authorize(Permissions.ReadOperation)]
    public override async Task<ActionResult<CountdownList>> GetCountdowns(CancellationToken cancellationToken) =>
        mapper.Map<CountdownList>(await mediator.Send(new GetCountdownsQuery(), cancellationToken));
}
