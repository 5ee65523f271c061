using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using PostModtag.Application.Access;

namespace PostModtag.Api.Access;

/// <summary>Who is signed in: its name, what it may do, and for which authorities. It never changes, so that calls share it.</summary>
internal sealed class AccessIdentity(string scheme, string name, IEnumerable<string> permissions, AuthorityAccess authorities)
    : ClaimsIdentity([new Claim(DefaultNameClaimType, name)], scheme)
{
    private readonly FrozenSet<string> _permissions = permissions.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The authorities that it may see.</summary>
    public AuthorityAccess Authorities { get; } = authorities;

    /// <summary>Whether it may do that.</summary>
    public bool May(string permission) => _permissions.Contains(permission);

    /// <summary>That it is signed in, made once for all its calls.</summary>
    public AuthenticateResult SignedIn() => AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(this), AuthenticationType!));
}
