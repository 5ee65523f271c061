using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.GetPublication;

/// <summary>Get one publication of an authority's rules. Null when there is none.</summary>
public sealed record GetPublicationQuery(string Cvr, int Number) : IRequest<CurrentOrNot?>, IOfAuthority;

/// <summary>A publication, and whether it is the one that counts.</summary>
public sealed record CurrentOrNot(Publication Publication, bool IsCurrent);

/// <summary>Gets the publication.</summary>
internal sealed class GetPublicationHandler(ISetupStore store) : IRequestHandler<GetPublicationQuery, CurrentOrNot?>
{
    /// <inheritdoc />
    public async Task<CurrentOrNot?> Handle(GetPublicationQuery request, CancellationToken cancellationToken) =>
        await store.FindPublicationAsync(request.Cvr, request.Number, cancellationToken) is { } publication
            ? new CurrentOrNot(publication, (await store.FindAuthorityAsync(request.Cvr, cancellationToken))?.CurrentVersion == request.Number)
            : null;
}
