using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PostModtag.Testing;

/// <summary>An OpenID Connect provider: real Kestrel that tells its keys, and issues whatever token the test wants.</summary>
public sealed class StandInOidc : IAsyncDisposable
{
    /// <summary>What its tokens are for, unless told otherwise.</summary>
    public const string Audience = "postmodtag";

    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "test" };

    private StandInOidc(WebApplication app) => _app = app;

    /// <summary>Its address, which its tokens name as their issuer.</summary>
    public string Authority => _app.Urls.First();

    public static async Task<StandInOidc> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new StandInOidc(app);
        app.Run(provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Issues a token.</summary>
    /// <param name="claims">What it says of the person.</param>
    /// <param name="audience">What it is for.</param>
    /// <param name="expires">When it expires; in an hour when null.</param>
    /// <param name="key">What it is signed with; the provider's own key when null.</param>
    public string Token(IDictionary<string, object> claims, string audience = Audience, DateTime? expires = null, SecurityKey? key = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Authority,
        Audience = audience,
        Claims = claims,
        NotBefore = DateTime.UtcNow.AddHours(-2),
        Expires = expires ?? DateTime.UtcNow.AddHours(1),
        SigningCredentials = new SigningCredentials(key ?? _key, key is SymmetricSecurityKey ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256),
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Who signs in at it in a browser: what its token says of the person. It asks nobody for a password.</summary>
    public IDictionary<string, object> Person { get; set; } = new Dictionary<string, object>();

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/authorize" => Authorize(context),
        "/token" => TokenAsync(context),
        "/keys" => context.Response.WriteAsync(Keys()),
        _ => context.Response.WriteAsync(
            $$"""{"issuer":"{{Authority}}","jwks_uri":"{{Authority}}/keys","authorization_endpoint":"{{Authority}}/authorize","token_endpoint":"{{Authority}}/token","response_types_supported":["code"]}"""),
    };

    /// <summary>Sends the browser back with a code, which here is the nonce that its token is to have.</summary>
    private static Task Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        context.Response.Redirect($"{query["redirect_uri"]}?code={Uri.EscapeDataString(query["nonce"].ToString())}&state={Uri.EscapeDataString(query["state"].ToString())}");
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (string.IsNullOrEmpty(form["code_verifier"]))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var token = Token(new Dictionary<string, object>(Person) { ["nonce"] = form["code"].ToString() });
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"access_token":"none","token_type":"Bearer","id_token":"{{token}}"}""");
    }

    private string Keys()
    {
        var modulus = _key.Rsa.ExportParameters(false);
        return $$"""{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"test","n":"{{Base64UrlEncoder.Encode(modulus.Modulus)}}","e":"{{Base64UrlEncoder.Encode(modulus.Exponent)}}"}]}""";
    }
}
