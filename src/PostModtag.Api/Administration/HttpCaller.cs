using PostModtag.Application.Administration;

namespace PostModtag.Api.Administration;

/// <summary>Who makes the call: who is signed in, or else what the call says of itself.</summary>
internal sealed class HttpCaller(IHttpContextAccessor contexts) : ICaller
{
    /// <summary>The header in which a caller says who it is.</summary>
    public const string Header = "x-Actor";

    private const int MaxLength = 256;
    private const string Anonymous = "anonymous";

    /// <inheritdoc />
    public string Name
    {
        get
        {
            var context = contexts.HttpContext;
            var name = context?.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } signedIn } ? signedIn : context?.Request.Headers[Header].ToString();
            var line = string.Concat((name ?? "").Where(character => !char.IsControl(character))).Trim();
            return line.Length == 0 ? Anonymous : line[..Math.Min(line.Length, MaxLength)];
        }
    }
}
