using MediatR;
using PostModtag.Application.Administration;

namespace PostModtag.Application.Access;

/// <summary>Stands before every handler: a request goes on only when the caller reaches as far as it does.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">Its answer.</typeparam>
internal sealed class ReachBehavior<TRequest, TResponse>(ICaller caller) : IPipelineBehavior<TRequest, TResponse>
{
    /// <inheritdoc />
    /// <exception cref="NotPermittedException">It does not.</exception>
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) => request switch
    {
        IOfAuthority of when !caller.Authorities.Includes(of.Cvr) => throw new NotPermittedException(),
        IOfServer when !caller.Authorities.IsAll => throw new NotPermittedException(),
        _ => next(),
    };
}
