using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PostModtag.Application.Access;

/// <summary>The server's certificate as it is in its file.</summary>
/// <param name="Certificate">The certificate, with its key.</param>
/// <param name="Chain">The certificates of those that issued it, to be sent along.</param>
public sealed record ServerCertificateFile(X509Certificate2 Certificate, X509Certificate2Collection Chain) : IDisposable
{
    /// <summary>Reads it.</summary>
    /// <exception cref="Exception"><see cref="IsUnreadable"/> says which mean that the file is none that can be used.</exception>
    public static ServerCertificateFile Read(TlsOptions tls)
    {
        var all = new X509Certificate2Collection();
        if (tls.KeyFile is { } key)
        {
            using var pem = X509Certificate2.CreateFromPemFile(tls.CertificateFile!, key);

            // Windows presents no certificate whose key it does not keep.
            var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            all.ImportFromPemFile(tls.CertificateFile!);
            return new ServerCertificateFile(certificate, Others(all, certificate));
        }

        all = X509CertificateLoader.LoadPkcs12CollectionFromFile(tls.CertificateFile!, tls.CertificatePassword);
        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException("The file has no key.");
        return new ServerCertificateFile(own, Others(all, own));
    }

    /// <summary>Whether reading has failed for what is in the file, or for the file.</summary>
    public static bool IsUnreadable(Exception exception) =>
        exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    /// <inheritdoc />
    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var certificate in Chain)
            certificate.Dispose();
    }

    private static X509Certificate2Collection Others(X509Certificate2Collection all, X509Certificate2 own) =>
        [.. all.Where(certificate => !certificate.RawDataMemory.Span.SequenceEqual(own.RawDataMemory.Span))];
}
