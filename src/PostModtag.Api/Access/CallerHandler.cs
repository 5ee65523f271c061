using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace PostModtag.Api.Access;

/// <summary>Finds out who calls EP_FS1: by the client certificate, by the token after <c>Holder-of-key</c> or <c>Bearer</c>, or by both.</summary>
internal sealed partial class CallerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, AccessList access, PresentedCertificates presented, ClientCertificates certificates)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const string HolderOfKey = "Holder-of-key ";
    private const string Bearer = "Bearer ";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var who = access.Now;
        var certificate = presented.Of(Context) is { } found ? await certificates.CheckAsync(found) : null;
        var hasToken = TryReadToken(Request.Headers.Authorization.ToString(), out var token);
        if (hasToken && who.FindCaller(token, certificate) is { } byToken)
            return byToken;
        if (certificate is not null && who.FindCaller(certificate) is { } byCertificate)
            return byCertificate;

        var reason = certificate switch
        {
            { Problem: { } problem } => problem,
            { } when !hasToken => NotLetIn.NotListed,
            _ => hasToken ? NotLetIn.TokenUnknown : NotLetIn.NoCredential,
        };
        Refused(Logger, reason, certificate?.Thumbprint.ToString() ?? "(none)");
        Context.Features.Set(new Refusal(reason));
        return AuthenticateResult.NoResult();
    }

    private static bool TryReadToken(string header, out Sha256Value token)
    {
        var scheme = header.StartsWith(HolderOfKey, StringComparison.OrdinalIgnoreCase) ? HolderOfKey.Length
            : header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? Bearer.Length : 0;
        var value = header.AsSpan(scheme).Trim();
        var isThere = scheme > 0 && value.Length > 0;
        token = isThere ? Sha256Value.Of(value) : default;
        return isThere;
    }

    [LoggerMessage(310, LogLevel.Warning, "A caller of EP_FS1 was not let in: {Reason}, certificate {Thumbprint}")]
    private static partial void Refused(ILogger log, NotLetIn reason, string thumbprint);

    /// <summary>Why the call was not let in, for its answer.</summary>
    internal sealed record Refusal(NotLetIn Reason);
}
