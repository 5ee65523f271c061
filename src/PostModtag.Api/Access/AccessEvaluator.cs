using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using PostModtag.Api.ConsoleAccess;

namespace PostModtag.Api.Access;

/// <summary>
/// Asks an endpoint's policy, as the framework does. While sign-in is off nobody is asked who is on this machine, but at the console;
/// whoever is not is asked all the same, and then nobody is let in, however the server came to listen there.
/// </summary>
internal sealed class AccessEvaluator(IAuthorizationService authorization, AccessList access) : PolicyEvaluator(authorization)
{
    private static readonly Task<AuthenticateResult> NotAsked = Task.FromResult(AuthenticateResult.NoResult());
    private static readonly Task<PolicyAuthorizationResult> LetIn = Task.FromResult(PolicyAuthorizationResult.Success());

    /// <inheritdoc />
    public override Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) =>
        IsOpen(context) ? NotAsked : SignInAsync(policy, context);

    /// <inheritdoc />
    public override Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        IsOpen(context) ? LetIn : base.AuthorizeAsync(policy, authenticationResult, context, resource);

    /// <summary>By one scheme only: a call with two credentials never has what both may do together.</summary>
    private static async Task<AuthenticateResult> SignInAsync(AuthorizationPolicy policy, HttpContext context)
    {
        if (policy.AuthenticationSchemes is not [var scheme])
            return AuthenticateResult.NoResult();
        var result = await context.AuthenticateAsync(scheme);
        if (result.Succeeded)
            context.User = result.Principal;
        return result;
    }

    /// <summary>Behind an address that there is not, or a method that it does not take, is nothing to protect: those have no route.</summary>
    private bool IsOpen(HttpContext context) =>
        (!access.IsOn && IsThisMachine(context.Connection.RemoteIpAddress) && !ConsoleRegistration.IsConsole(context)) || context.GetEndpoint() is not RouteEndpoint;

    private static bool IsThisMachine(IPAddress? address) => address is null || IPAddress.IsLoopback(address);
}
