using System.Security.Cryptography.X509Certificates;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.Deliveries;

/// <summary>Keeps what this server presents to fagsystemer on other hosts, encrypted. Only the way to a fagsystem ever sees it again.</summary>
public interface ICredentialStore
{
    /// <summary>What is presented to a fagsystem, without the secret; null for nothing.</summary>
    Task<FagsystemCredential?> FindAsync(string fagsystem, CancellationToken cancellationToken);

    /// <summary>Keeps a token, in the place of what was there.</summary>
    /// <param name="fagsystem">The fagsystem's key.</param>
    /// <param name="scheme">The scheme in the Authorization header, such as <c>Bearer</c> or <c>Holder-of-key</c>.</param>
    /// <param name="token">The token.</param>
    /// <param name="audit">What it says in the audit trail.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task SetTokenAsync(string fagsystem, string scheme, string token, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Keeps a client certificate with its private key, in the place of what was there.</summary>
    /// <param name="fagsystem">The fagsystem's key.</param>
    /// <param name="certificate">The certificate, with its key.</param>
    /// <param name="chain">The certificates of those that issued it, to be sent along; may be empty.</param>
    /// <param name="audit">What it says in the audit trail.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task SetCertificateAsync(string fagsystem, X509Certificate2 certificate, X509Certificate2Collection chain, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Removes what is presented to a fagsystem.</summary>
    Task RemoveAsync(string fagsystem, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Decrypts a secret, for the way to the fagsystem to present.</summary>
    /// <exception cref="CredentialLostException">The keys that it was encrypted with are gone.</exception>
    PresentedCredential Reveal(FagsystemCredential credential);
}

/// <summary>What this server presents to a fagsystem.</summary>
/// <param name="Authorization">The Authorization header; null for none.</param>
/// <param name="Certificate">The client certificate; null for none.</param>
/// <param name="Chain">The certificates of those that issued it, to be sent along.</param>
public sealed record PresentedCredential(string? Authorization, X509Certificate2? Certificate, X509Certificate2Collection Chain)
{
    /// <summary>The type's name only.</summary>
    public override string ToString() => nameof(PresentedCredential);
}

/// <summary>What is to be presented to a fagsystem cannot be decrypted: the keys that it was encrypted with are gone.</summary>
public sealed class CredentialLostException(string fagsystem, Exception inner)
    : Exception($"What is presented to the fagsystem {fagsystem} cannot be decrypted: the keys in the data folder's keys/ are gone. Bring them back, or set it again.", inner);
