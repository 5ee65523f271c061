using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace PostModtag.Api.Access;

/// <summary>Finds out which program calls the administration, by the key in <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, AccessList access)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <inheritdoc />
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Request.Headers[AccessSchemes.ApiKeyHeader] is [{ Length: > 0 } key] && access.Now.FindProgram(Sha256Value.Of(key)) is { } program
            ? program
            : AuthenticateResult.NoResult());
}
