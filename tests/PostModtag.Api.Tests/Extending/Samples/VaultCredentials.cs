using System.Security.Cryptography.X509Certificates;
using PostModtag.Application.Deliveries;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Api.Tests.Extending.Samples;

public sealed class VaultCredentials(ICredentialStore ours, IVault vault) : ICredentialStore
{
    // What is set in the console is the secret's name in the vault; the secret itself is never kept here.
    public PresentedCredential Reveal(FagsystemCredential credential) =>
        ours.Reveal(credential) is { Authorization: ['V', 'a', 'u', 'l', 't', ' ', .. var name] }
            ? new PresentedCredential($"Bearer {vault.Read(name)}", null, [])
            : ours.Reveal(credential);

    public Task<FagsystemCredential?> FindAsync(string fagsystem, CancellationToken cancellationToken) => ours.FindAsync(fagsystem, cancellationToken);

    public Task SetTokenAsync(string fagsystem, string scheme, string token, AuditEntry audit, CancellationToken cancellationToken) =>
        ours.SetTokenAsync(fagsystem, scheme, token, audit, cancellationToken);

    public Task SetCertificateAsync(string fagsystem, X509Certificate2 certificate, X509Certificate2Collection chain, AuditEntry audit, CancellationToken cancellationToken) =>
        ours.SetCertificateAsync(fagsystem, certificate, chain, audit, cancellationToken);

    public Task RemoveAsync(string fagsystem, AuditEntry audit, CancellationToken cancellationToken) => ours.RemoveAsync(fagsystem, audit, cancellationToken);
}

/// <summary>What the authority has.</summary>
public interface IVault
{
    string Read(string name);
}
