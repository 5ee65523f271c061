using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using PostModtag.Api.ConsoleAccess;
using PostModtag.Api.Http;
using PostModtag.Web;

namespace PostModtag.Api.Access;

/// <summary>The answers to those who are not let in, in the form of the contract that was called: 401 to who has not said who it is, 403 to who may not.</summary>
internal sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    /// <inheritdoc />
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);

        if (ConsoleRegistration.IsConsole(context))
            return (authorizeResult.Forbidden ? WebRegistration.Problem(ConsoleProblem.NotPermitted) : ConsoleAnswers.SignIn(context)).ExecuteAsync(context);

        var reason = context.Features.Get<CallerHandler.Refusal>()?.Reason;
        var answer = authorizeResult.Forbidden || reason == NotLetIn.NotListed ? Problems.NotPermitted(context) : Problems.NotAuthenticated(context, reason);
        return answer.ExecuteAsync(context);
    }
}
