using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using PostModtag.Api.Access;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>
/// The cookie of who is signed in. It lasts a working day from sign-in on and is not made longer, so that a person who may no longer
/// come in is out by then. It is encrypted with the keys of the data folder or the database, which all nodes have.
/// </summary>
internal sealed class ConsoleCookie(LocalOnly local) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(9);

    /// <inheritdoc />
    public void Configure(CookieAuthenticationOptions options) => Configure(AccessSchemes.Console, options);

    /// <inheritdoc />
    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "postmodtag";
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;

        // Lax, for a link in a mail leads to the page; forms have a token of their own.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lasts;
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = context =>
        {
            // Who signed in by the password is on this machine, and was let in only since there was no provider.
            if (context.Principal?.FindFirstValue(ConsoleIdentity.MethodClaim) == ConsoleSignIn.Password && (local.HasProvider || !local.IsReachable(context.HttpContext)))
                context.RejectPrincipal();
            else
                context.ReplacePrincipal(new ClaimsPrincipal(ConsoleIdentity.Read(context.Principal!)));
            return Task.CompletedTask;
        };
    }
}
