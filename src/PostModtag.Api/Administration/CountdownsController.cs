using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Application.GetCountdowns;
using CountdownList = PostModtag.Contract.Administration.CountdownList;

namespace PostModtag.Api.Administration;

/// <summary>The seven-day guard: maps the call to its query and back.</summary>
[ApiController]
public sealed class CountdownsController(IMediator mediator, IMapper mapper) : CountdownsControllerBase
{
    /// <inheritdoc />
    public override async Task<ActionResult<CountdownList>> GetCountdowns(CancellationToken cancellationToken) =>
        mapper.Map<CountdownList>(await mediator.Send(new GetCountdownsQuery(), cancellationToken));
}
