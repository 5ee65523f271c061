using PostModtag.Api.Access;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;

namespace PostModtag.Api.Administration;

/// <summary>Who makes the call: who is signed in. Only while sign-in is off, what the call says of itself.</summary>
internal sealed class HttpCaller(IHttpContextAccessor contexts, AccessList access) : ICaller
{
    /// <summary>The header in which a caller says who it is while sign-in is off.</summary>
    public const string Header = "x-Actor";

    private const int MaxLength = 256;
    private const string Anonymous = "anonymous";

    private static readonly AuthorityAccess None = AuthorityAccess.Of([]);

    /// <inheritdoc />
    public string Name
    {
        get
        {
            var context = contexts.HttpContext;
            var name = context?.User.Identity is AccessIdentity who ? who.Name : access.IsOn ? null : context?.Request.Headers[Header].ToString();
            var line = string.Concat((name ?? "").Where(character => !char.IsControl(character))).Trim();
            return line.Length == 0 ? Anonymous : line[..Math.Min(line.Length, MaxLength)];
        }
    }

    /// <inheritdoc />
    public AuthorityAccess Authorities => contexts.HttpContext switch
    {
        { User.Identity: AccessIdentity who } => who.Authorities,
        null => AuthorityAccess.All,
        _ => access.IsOn ? None : AuthorityAccess.All,
    };

    /// <inheritdoc />
    public bool May(string permission) => contexts.HttpContext switch
    {
        { User.Identity: AccessIdentity who } => who.May(permission),
        null => true,
        _ => !access.IsOn,
    };
}
