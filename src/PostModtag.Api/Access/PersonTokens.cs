using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using PostModtag.Application;
using PostModtag.Application.Access;

namespace PostModtag.Api.Access;

/// <summary>How people's tokens are checked, and what they let them do: theirs are the roles and the authorities that the token names, and nothing else.</summary>
internal sealed class PersonTokens(IOptions<PostModtagOptions> options) : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>Signed with the provider's private key: a shared secret is none that this server should have.</summary>
    public static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly OidcOptions _oidc = options.Value.Oidc;

    /// <inheritdoc />
    public void Configure(JwtBearerOptions options) => Configure(AccessSchemes.Person, options);

    /// <inheritdoc />
    public void Configure(string? name, JwtBearerOptions options)
    {
        options.Authority = _oidc.Authority;
        options.RequireHttpsMetadata = _oidc.Authority?.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ?? true;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = _oidc.Audience,
            ClockSkew = TimeSpan.FromMinutes(1),
            ValidAlgorithms = Algorithms,
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal = new ClaimsPrincipal(Identity(context.Principal!));
                return Task.CompletedTask;
            },
        };
    }

    private AccessIdentity Identity(ClaimsPrincipal token) => new(
        AccessSchemes.Person,
        token.FindFirstValue(_oidc.NameClaim) ?? token.FindFirstValue("sub") ?? "",
        token.FindAll(_oidc.RoleClaim).SelectMany(role => Roles.Find(role.Value) ?? []),
        AuthorityAccess.Of(token.FindAll(_oidc.AuthoritiesClaim).Select(claim => claim.Value)));
}
