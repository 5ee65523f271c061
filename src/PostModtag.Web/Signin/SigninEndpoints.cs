using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PostModtag.Web.Language;

namespace PostModtag.Web.Signin;

/// <summary>Signing in by a provider, signing out, and how the console is to look. Each is a form of ours, so that no other site can send one.</summary>
internal static class SigninEndpoints
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/log-ind/udbyder", (HttpContext context, ISignIn signIn, string? retur) => signIn.ChallengeAsync(context, LocalPath.Of(retur)))
            .AllowAnonymous().WithMetadata(new ConsoleEndpoint());
        endpoints.MapGet("/log-ud/udbyder", (HttpContext context, ISignIn signIn) => signIn.SignOutOfProviderAsync(context))
            .AllowAnonymous().WithMetadata(new ConsoleEndpoint());
        endpoints.MapPost("/log-ud", SignOutAsync).AllowAnonymous().WithMetadata(new ConsoleEndpoint());
        endpoints.MapPost("/indstillinger", Choose).AllowAnonymous().WithMetadata(new ConsoleEndpoint());
    }

    /// <summary>The form's one field is the token that says that it is ours.</summary>
    private static async Task<IResult> SignOutAsync(HttpContext context, ISignIn signIn, [FromForm] string? retur)
    {
        _ = retur;
        await signIn.SignOutAsync(context);
        return Results.LocalRedirect("/log-ind?ud=1");
    }

    private static IResult Choose(HttpContext context, Preferences now, [FromForm] string? sprog, [FromForm] string? tema, [FromForm] string? retur)
    {
        var language = sprog switch
        {
            "en" => ConsoleLanguage.English,
            "da" => ConsoleLanguage.Danish,
            _ => now.Language,
        };
        var theme = tema switch
        {
            "light" => ConsoleTheme.Light,
            "dark" => ConsoleTheme.Dark,
            "auto" => ConsoleTheme.Auto,
            _ => now.Theme,
        };
        context.Response.Cookies.Append(Preferences.Cookie, Preferences.ValueOf(language, theme), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Remembered,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        return Results.LocalRedirect(LocalPath.Of(retur));
    }
}

/// <summary>Paths that a form may send a person to: of this console only.</summary>
internal static class LocalPath
{
    /// <summary>The path; the front page in the place of one that leads elsewhere.</summary>
    public static string Of(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";
}
