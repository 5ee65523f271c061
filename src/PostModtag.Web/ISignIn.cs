using Microsoft.AspNetCore.Http;

namespace PostModtag.Web;

/// <summary>How people sign in to the console; the host knows.</summary>
public interface ISignIn
{
    /// <summary>Whether there is a provider; without one there is the one-time password.</summary>
    bool HasProvider { get; }

    /// <summary>Whether the console can be had from where the call comes: without a provider from this machine only.</summary>
    bool IsReachable(HttpContext context);

    /// <summary>Signs a person in who has the one-time password, which is spent with it. False when it is not the one.</summary>
    /// <param name="context">The call.</param>
    /// <param name="name">What the person calls itself, for the audit trail.</param>
    /// <param name="password">The one-time password.</param>
    Task<bool> TryAsync(HttpContext context, string name, string password);

    /// <summary>Sends the person to the provider, and to a page of the console from there.</summary>
    Task ChallengeAsync(HttpContext context, string returnPath);

    /// <summary>Finds out who has signed in, where nobody has to have.</summary>
    Task RecognizeAsync(HttpContext context);

    /// <summary>Signs the person out of the console.</summary>
    Task SignOutAsync(HttpContext context);

    /// <summary>Sends the person to the provider to be signed out there too.</summary>
    Task SignOutOfProviderAsync(HttpContext context);
}
