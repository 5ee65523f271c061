using System.Security.Claims;
using PostModtag.Api.Access;
using PostModtag.Application.Access;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>
/// A person in the cookie: the name, the roles and the authorities, as they were at sign-in. What a role may do is looked up with each
/// call, so that it is the same for a cookie, a token and a key.
/// </summary>
internal static class ConsoleIdentity
{
    /// <summary>The claim that says how the person signed in.</summary>
    public const string MethodClaim = "method";

    private const string NameClaim = "name";
    private const string RoleClaim = "role";
    private const string AuthorityClaim = "authority";

    /// <summary>What goes into the cookie.</summary>
    public static ClaimsPrincipal Of(string method, string name, IEnumerable<string> roles, IEnumerable<string> authorities) => new(new ClaimsIdentity(
        [new(MethodClaim, method), new(NameClaim, name), .. roles.Select(role => new Claim(RoleClaim, role)), .. authorities.Select(cvr => new Claim(AuthorityClaim, cvr))],
        AccessSchemes.Console, NameClaim, RoleClaim));

    /// <summary>Who it is that has the cookie.</summary>
    public static AccessIdentity Read(ClaimsPrincipal cookie) => new(
        AccessSchemes.Console,
        cookie.FindFirstValue(NameClaim) ?? "",
        cookie.FindAll(RoleClaim).SelectMany(role => Roles.Find(role.Value) ?? []),
        AuthorityAccess.Of(cookie.FindAll(AuthorityClaim).Select(claim => claim.Value)));
}
