using Microsoft.AspNetCore.Authentication;
using PostModtag.Api.Access;
using PostModtag.Application.Access;
using PostModtag.Web;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>Signs people in to the console and out of it.</summary>
internal sealed class ConsoleSignIn(LocalOnly local, OneTimePassword password, PasswordPrint print) : ISignIn
{
    /// <summary>How a person signed in who had the one-time password.</summary>
    public const string Password = "password";

    private const int MaxName = 100;

    /// <inheritdoc />
    public bool HasProvider => local.HasProvider;

    /// <inheritdoc />
    public bool IsReachable(HttpContext context) => local.IsReachable(context);

    /// <inheritdoc />
    public async Task<bool> TryAsync(HttpContext context, string name, string password)
    {
        var line = name.Trim();
        if (HasProvider || !IsReachable(context) || line.Length is 0 or > MaxName || line.Any(char.IsControl) || !Spend(password))
            return false;
        await context.SignInAsync(AccessSchemes.Console, ConsoleIdentity.Of(Password, line, ["administrator"], [AuthorityAccess.Everyone]));
        return true;
    }

    /// <inheritdoc />
    public Task ChallengeAsync(HttpContext context, string returnPath) =>
        HasProvider ? context.ChallengeAsync(AccessSchemes.Provider, new AuthenticationProperties { RedirectUri = returnPath }) : Redirect(context, "/log-ind");

    /// <inheritdoc />
    public async Task RecognizeAsync(HttpContext context)
    {
        if (await context.AuthenticateAsync(AccessSchemes.Console) is { Succeeded: true, Principal: { } person })
            context.User = person;
    }

    /// <inheritdoc />
    public Task SignOutAsync(HttpContext context) => context.SignOutAsync(AccessSchemes.Console);

    /// <inheritdoc />
    public Task SignOutOfProviderAsync(HttpContext context) =>
        HasProvider ? context.SignOutAsync(AccessSchemes.Provider, new AuthenticationProperties { RedirectUri = "/log-ind" }) : Redirect(context, "/log-ind");

    private bool Spend(string given)
    {
        if (!password.TrySpend(given))
            return false;
        print.Print();
        return true;
    }

    private static Task Redirect(HttpContext context, string path)
    {
        context.Response.Redirect(path);
        return Task.CompletedTask;
    }
}
