using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Guard;

namespace PostModtag.Application.GetCountdowns;

/// <summary>Get the countdown of every authority and every fagsystem, as it is now.</summary>
public sealed record GetCountdownsQuery : IRequest<CountdownList>, IOfCallersAuthorities;

/// <summary>Gets them.</summary>
internal sealed class GetCountdownsHandler(Countdowns countdowns, ICaller caller) : IRequestHandler<GetCountdownsQuery, CountdownList>
{
    /// <inheritdoc />
    public async Task<CountdownList> Handle(GetCountdownsQuery request, CancellationToken cancellationToken)
    {
        var all = await countdowns.CountAsync(cancellationToken);
        return all with { Countdowns = [.. all.Countdowns.Where(countdown => caller.Authorities.Includes(countdown.Authority))] };
    }
}
