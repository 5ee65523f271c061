using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PostModtag.Application.Fagsystemer;

/// <summary>The certificates that a fagsystem's own must be one of or come from, where the machine's are not asked: those of a private authority.</summary>
internal static class TrustedCertificates
{
    /// <summary>The most characters of PEM.</summary>
    public const int MaxLength = 50_000;

    /// <summary>Reads them.</summary>
    /// <exception cref="CryptographicException">It is no PEM of certificates.</exception>
    public static X509Certificate2Collection Read(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }

    /// <summary>Whether it is PEM of one or more certificates.</summary>
    internal static bool AreReadable(string pem)
    {
        try
        {
            return pem.Length <= MaxLength && Read(pem).Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Their SHA-256 thumbprints, for the audit trail.</summary>
    internal static string Thumbprints(string pem) => string.Join(", ", Read(pem).Select(certificate => certificate.GetCertHashString(HashAlgorithmName.SHA256)));
}
