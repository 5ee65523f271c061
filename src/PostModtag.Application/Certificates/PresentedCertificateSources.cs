using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;

namespace PostModtag.Application.Certificates;

/// <summary>The certificates that this server presents to fagsystemer on other hosts.</summary>
internal sealed class FagsystemCertificates(ISetupStore setup, ICredentialStore credentials) : ICertificateSource
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<ExpiringCertificate>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<ExpiringCertificate>();
        foreach (var fagsystem in (await setup.GetSnapshotAsync(cancellationToken)).Fagsystemer)
        {
            if (await credentials.FindAsync(fagsystem.Key, cancellationToken) is { ExpiresAt: { } expiresAt } credential)
                found.Add(new ExpiringCertificate($"fagsystem {fagsystem.Key}", credential.Description, expiresAt));
        }

        return found;
    }
}

/// <summary>The certificate that this server presents to Digital Post.</summary>
internal sealed class DigitalPostCertificate(IOptions<PostModtagOptions> options) : ICertificateSource
{
    /// <inheritdoc />
    public Task<IReadOnlyList<ExpiringCertificate>> FindAsync(CancellationToken cancellationToken)
    {
        if (options.Value.DigitalPost is not { CertificateFile: { } file } settings)
            return Task.FromResult<IReadOnlyList<ExpiringCertificate>>([]);
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, settings.CertificatePassword);
        return Task.FromResult<IReadOnlyList<ExpiringCertificate>>(
            [new ExpiringCertificate("digital-post", certificate.GetCertHashString(HashAlgorithmName.SHA256), certificate.NotAfter.ToUniversalTime())]);
    }
}
