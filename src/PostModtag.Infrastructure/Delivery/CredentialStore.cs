using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Deliveries;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Infrastructure.Storage;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>Credentials in the database, encrypted by Data Protection.</summary>
internal sealed class CredentialStore(IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer, IDataProtectionProvider protection, TimeProvider clock) : ICredentialStore
{
    // Each delivery asks for it, so that one that was changed on any node counts from the next call.
    private readonly Func<PostModtagDbContext, string, CancellationToken, Task<FagsystemCredential?>> _find = EF.CompileAsyncQuery(
        (PostModtagDbContext database, string fagsystem, CancellationToken _) => database.Credentials.SingleOrDefault(credential => credential.Fagsystem == fagsystem));

    private readonly IDataProtector _protector = protection.CreateProtector("PostModtag.FagsystemCredential");

    /// <inheritdoc />
    public async Task<FagsystemCredential?> FindAsync(string fagsystem, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await _find(database, fagsystem, cancellationToken);
    }

    /// <inheritdoc />
    public Task SetTokenAsync(string fagsystem, string scheme, string token, AuditEntry audit, CancellationToken cancellationToken) => ReplaceAsync(
        fagsystem,
        new FagsystemCredential(fagsystem, CredentialKind.Token, _protector.Protect(Encoding.UTF8.GetBytes($"{scheme} {token}")), scheme, null, clock.GetUtcNow()),
        audit, cancellationToken);

    /// <inheritdoc />
    public Task SetCertificateAsync(string fagsystem, X509Certificate2 certificate, X509Certificate2Collection chain, AuditEntry audit, CancellationToken cancellationToken) => ReplaceAsync(
        fagsystem,
        new FagsystemCredential(
            fagsystem, CredentialKind.ClientCertificate, _protector.Protect(Pkcs12(certificate, chain)),
            certificate.GetCertHashString(HashAlgorithmName.SHA256), certificate.NotAfter.ToUniversalTime(), clock.GetUtcNow()),
        audit, cancellationToken);

    /// <inheritdoc />
    public Task RemoveAsync(string fagsystem, AuditEntry audit, CancellationToken cancellationToken) => ReplaceAsync(fagsystem, null, audit, cancellationToken);

    /// <inheritdoc />
    public PresentedCredential Reveal(FagsystemCredential credential)
    {
        byte[] secret;
        try
        {
            secret = _protector.Unprotect(credential.Secret);
        }
        catch (CryptographicException exception)
        {
            throw new CredentialLostException(credential.Fagsystem, exception);
        }

        if (credential.Kind == CredentialKind.Token)
            return new PresentedCredential(Encoding.UTF8.GetString(secret), null, []);

        // Windows presents no certificate whose key it does not keep.
        var flags = OperatingSystem.IsWindows() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
        var certificates = X509CertificateLoader.LoadPkcs12Collection(secret, null, flags);
        return new PresentedCredential(null, certificates.First(certificate => certificate.HasPrivateKey), [.. certificates.Where(certificate => !certificate.HasPrivateKey)]);
    }

    private static byte[] Pkcs12(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        X509Certificate2Collection all = [certificate, .. chain];
        return all.Export(X509ContentType.Pkcs12)!;
    }

    private Task<bool> ReplaceAsync(string fagsystem, FagsystemCredential? credential, AuditEntry audit, CancellationToken cancellationToken) => writer.TransactAsync(
        async database =>
        {
            await database.Credentials.Where(row => row.Fagsystem == fagsystem).ExecuteDeleteAsync(cancellationToken);
            if (credential is not null)
                database.Add(credential);
            database.Add(audit);
            await database.SaveChangesAsync(cancellationToken);
            return true;
        },
        cancellationToken);
}
