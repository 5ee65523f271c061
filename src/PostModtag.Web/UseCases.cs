using MediatR;
using Microsoft.AspNetCore.Http;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;

namespace PostModtag.Web;

/// <summary>
/// The pages' one way to the use cases, the same that the API has. Whoever sends says what permission it takes, and without it nothing is
/// sent: that a button is not shown is no protection.
/// </summary>
public sealed class UseCases(IMediator mediator, ICaller caller, IHttpContextAccessor contexts)
{
    /// <summary>Sends a request, which ends when the person goes away.</summary>
    /// <exception cref="NotPermittedException">The person may not do that.</exception>
    public Task<TResponse> SendAsync<TResponse>(string permission, IRequest<TResponse> request) =>
        SendAsync(permission, request, contexts.HttpContext?.RequestAborted ?? CancellationToken.None);

    /// <summary>Sends a request.</summary>
    /// <exception cref="NotPermittedException">The person may not do that.</exception>
    public Task<TResponse> SendAsync<TResponse>(string permission, IRequest<TResponse> request, CancellationToken cancellationToken) =>
        caller.May(permission) ? mediator.Send(request, cancellationToken) : throw new NotPermittedException();

    /// <summary>Whether the person may do that, for what the page shows.</summary>
    public bool May(string permission) => caller.May(permission);

    /// <summary>Whether the person may do what is of the whole server.</summary>
    public bool MayForAll(string permission) => caller.May(permission) && caller.Authorities.IsAll;
}
