using PostModtag.Web;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>What the console answers in the place of a page.</summary>
internal static class ConsoleAnswers
{
    /// <summary>To who has not signed in: the way to sign-in, and from there back to what was asked for.</summary>
    public static IResult SignIn(HttpContext context)
    {
        var path = HttpMethods.IsGet(context.Request.Method) ? $"{context.Request.Path}{context.Request.QueryString}" : "/";
        return Results.LocalRedirect(path == "/" ? "/log-ind" : $"/log-ind?retur={Uri.EscapeDataString(path)}");
    }

    /// <summary>Instead of a bare status that the framework gives.</summary>
    public static IResult OfStatus(HttpContext context) => WebRegistration.Problem(context.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => ConsoleProblem.BadForm,
        StatusCodes.Status403Forbidden => ConsoleProblem.NotPermitted,
        StatusCodes.Status413PayloadTooLarge => ConsoleProblem.TooLarge,
        >= 500 => ConsoleProblem.Unavailable,
        _ => ConsoleProblem.NotFound,
    });

    /// <summary>Whether a person's browser asks for a page that there is not, and not a program for one of its calls.</summary>
    public static bool IsForPage(HttpContext context) =>
        ConsoleRegistration.IsConsole(context)
        || (context.GetEndpoint() is null && HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
}
