using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;

namespace PostModtag.Application.GetDraft;

/// <summary>Get what editing an authority's rules begins with.</summary>
public sealed record GetDraftQuery(string Cvr) : IRequest<Draft>, IOfAuthority;

/// <summary>Gets the draft.</summary>
internal sealed class GetDraftHandler(ISetupStore store) : IRequestHandler<GetDraftQuery, Draft>
{
    /// <inheritdoc />
    public Task<Draft> Handle(GetDraftQuery request, CancellationToken cancellationToken) => Draft.ReadAsync(store, request.Cvr, cancellationToken);
}
