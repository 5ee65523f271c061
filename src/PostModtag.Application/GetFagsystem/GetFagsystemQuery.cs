using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.GetFagsystem;

/// <summary>Get one fagsystem. Null when there is none.</summary>
public sealed record GetFagsystemQuery(string Key) : IRequest<Fagsystem?>, IOfEveryone;

/// <summary>Gets the fagsystem.</summary>
internal sealed class GetFagsystemHandler(ISetupStore store) : IRequestHandler<GetFagsystemQuery, Fagsystem?>
{
    /// <inheritdoc />
    public Task<Fagsystem?> Handle(GetFagsystemQuery request, CancellationToken cancellationToken) => store.FindFagsystemAsync(request.Key, cancellationToken);
}
