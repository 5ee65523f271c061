using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;
using PostModtag.Api.ConsoleAccess;
using PostModtag.Application;
using PostModtag.Application.Access;
using PostModtag.Application.Certificates;
using PostModtag.Application.Operation;

namespace PostModtag.Api.Access;

/// <summary>Registers who gets in: the ways to sign in, and a policy for each permission.</summary>
internal static class AccessRegistration
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessList>();
        services.AddSingleton<PresentedCertificates>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<ServerCertificate>();
        services.AddSingleton<ICertificateSource, TlsCertificates>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<AddressCheck>();
        services.AddSingleton<IStartCheck>(provider => provider.GetRequiredService<AddressCheck>());
        services.AddHostedService(provider => provider.GetRequiredService<AddressCheck>());
        services.AddHostedService<CertificateFiles>();
        services.ConfigureOptions<ConnectionSettings>();
        services.AddSignIn();
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(Nobody())
            .SetFallbackPolicy(Nobody())
            .AddPolicy(Permissions.ReceiveMessages, policy => policy.Permit(AccessSchemes.Caller, Permissions.ReceiveMessages))
            .AddPolicies(Permissions.OfAdministration);
        services.AddTransient<IPolicyEvaluator, AccessEvaluator>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
    }

    private static void AddSignIn(this IServiceCollection services)
    {
        services.ConfigureOptions<PersonTokens>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, CallerHandler>(AccessSchemes.Caller, null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(AccessSchemes.ApiKey, null)
            .AddJwtBearer(AccessSchemes.Person)
            .AddPolicyScheme(AccessSchemes.Administration, null, scheme => scheme.ForwardDefaultSelector = SchemeOf);
    }

    /// <summary>The console's cookie counts at the console and nowhere else. Elsewhere a call with an API key is a program's; without a provider of tokens there are no people.</summary>
    private static string SchemeOf(HttpContext context) =>
        ConsoleRegistration.IsConsole(context) ? AccessSchemes.Console
        : context.Request.Headers.ContainsKey(AccessSchemes.ApiKeyHeader)
        || context.RequestServices.GetRequiredService<IOptions<PostModtagOptions>>().Value.Oidc.Authority is null
            ? AccessSchemes.ApiKey
            : AccessSchemes.Person;

    private static AuthorizationBuilder AddPolicies(this AuthorizationBuilder authorization, IEnumerable<string> permissions)
    {
        foreach (var permission in permissions)
            authorization.AddPolicy(permission, policy => policy.Permit(AccessSchemes.Administration, permission));
        return authorization;
    }

    private static void Permit(this AuthorizationPolicyBuilder policy, string scheme, string permission) => policy
        .AddAuthenticationSchemes(scheme)
        .RequireAssertion(context => context.User.Identity is AccessIdentity who && who.May(permission));

    /// <summary>What an endpoint has that somebody forgot to give a policy.</summary>
    private static AuthorizationPolicy Nobody() => new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
}
