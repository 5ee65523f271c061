using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PostModtag.Api.Access;
using PostModtag.Application;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>How people sign in at the OpenID Connect provider: by a code with PKCE. Their roles and authorities are the claims that a token for the API has too.</summary>
internal sealed class ProviderSettings(IOptions<PostModtagOptions> settings) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    private const string Method = "provider";

    private readonly Application.Access.OidcOptions _oidc = settings.Value.Oidc;

    /// <inheritdoc />
    public void Configure(OpenIdConnectOptions options) => Configure(AccessSchemes.Provider, options);

    /// <inheritdoc />
    public void Configure(string? name, OpenIdConnectOptions options)
    {
        options.Authority = _oidc.Authority;
        options.RequireHttpsMetadata = _oidc.Authority?.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ?? true;
        options.ClientId = _oidc.ClientId ?? _oidc.Audience;
        options.ClientSecret = _oidc.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
        options.SignInScheme = AccessSchemes.Console;
        options.CallbackPath = "/log-ind/svar";
        options.SignedOutCallbackPath = "/log-ud/svar";
        options.RemoteSignOutPath = "/log-ud/fra-udbyder";
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.GetClaimsFromUserInfoEndpoint = false;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.TokenValidationParameters.ValidAlgorithms = PersonTokens.Algorithms;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

        // The answer is a top-level GET from the provider's site: Lax cookies come with it, also over http on this machine.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.Events.OnTokenValidated = context =>
        {
            var token = context.Principal!;
            context.Principal = ConsoleIdentity.Of(
                Method,
                token.FindFirstValue(_oidc.NameClaim) ?? token.FindFirstValue("sub") ?? "",
                token.FindAll(_oidc.RoleClaim).Select(claim => claim.Value),
                token.FindAll(_oidc.AuthoritiesClaim).Select(claim => claim.Value));
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            // Whoever breaks off at the provider, or comes back too late, begins anew.
            context.HandleResponse();
            context.Response.Redirect("/log-ind?fejl=udbyder");
            return Task.CompletedTask;
        };
    }
}
