using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PostModtag.Application.Certificates;

namespace PostModtag.Api.Access;

/// <summary>The server's own certificate, and those that callers' must come from: when one of these expires, they are not let in any more.</summary>
internal sealed class TlsCertificates(ServerCertificate server, ClientCertificates clients) : ICertificateSource
{
    /// <inheritdoc />
    public Task<IReadOnlyList<ExpiringCertificate>> FindAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ExpiringCertificate>>(
    [
        .. server.Certificate is { } own ? [Of("server", own)] : Array.Empty<ExpiringCertificate>(),
        .. clients.Trusted.Select(trusted => Of($"trusted {trusted.GetCertHashString(HashAlgorithmName.SHA256)[..8]}", trusted)),
    ]);

    private static ExpiringCertificate Of(string whose, X509Certificate2 certificate) =>
        new(whose, certificate.GetCertHashString(HashAlgorithmName.SHA256), certificate.NotAfter.ToUniversalTime());
}
