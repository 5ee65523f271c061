using MediatR;
using PostModtag.Application.Guard;

namespace PostModtag.Application.GetCountdowns;

/// <summary>Get the countdown of every authority and every fagsystem, as it is now.</summary>
public sealed record GetCountdownsQuery : IRequest<CountdownList>;

/// <summary>Gets them.</summary>
public sealed class GetCountdownsHandler(Countdowns countdowns) : IRequestHandler<GetCountdownsQuery, CountdownList>
{
    /// <inheritdoc />
    public Task<CountdownList> Handle(GetCountdownsQuery request, CancellationToken cancellationToken) => countdowns.CountAsync(cancellationToken);
}
