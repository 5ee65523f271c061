using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PostModtag.Testing;

/// <summary>A private authority for certificates, and what it issues. Nobody trusts it unless told to.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset To = DateTimeOffset.UtcNow.AddDays(30);

    private readonly X509Certificate2 _authority = Make(Named("Testens egen CA"), null, isAuthority: true, To.AddYears(1));

    /// <summary>The authority's own certificate, as PEM.</summary>
    public string Pem => _authority.ExportCertificatePem();

    /// <summary>A certificate of the machine that tests run on, with its key.</summary>
    /// <param name="expires">When it expires; in 30 days when null.</param>
    public X509Certificate2 Server(DateTimeOffset? expires = null) => Make(Named("localhost"), _authority, isAuthority: false, expires ?? To);

    /// <summary>A certificate that a caller presents, with its key.</summary>
    /// <param name="expires">When it expires; in 30 days when null.</param>
    public X509Certificate2 Client(DateTimeOffset? expires = null) => Make(Named("PostModtag"), _authority, isAuthority: false, expires ?? To);

    /// <summary>A certificate of an organisation, as OCES3 has them, with its key.</summary>
    /// <param name="organization">Its identifier, such as <c>NTRDK-90000001</c>.</param>
    /// <param name="expires">When it expires; in 30 days when null.</param>
    /// <param name="revocationList">Where its revocation list is; null for nowhere.</param>
    public X509Certificate2 Organization(string organization, DateTimeOffset? expires = null, string? revocationList = null)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("Testkommunen");
        name.Add("2.5.4.97", organization);
        return Make(name.Build(), _authority, isAuthority: false, expires ?? To, revocationList);
    }

    /// <summary>The authority's revocation list, with these on it.</summary>
    public byte[] RevocationList(params X509Certificate2[] revoked)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            list.AddEntry(certificate);
        return list.Build(_authority, 1, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256);
    }

    /// <summary>As a file with its key, and with the authority's certificate beside.</summary>
    public byte[] Pkcs12(X509Certificate2 certificate, string? password = null)
    {
        X509Certificate2Collection all = [certificate, _authority];
        using var authority = X509CertificateLoader.LoadCertificate(_authority.RawData);
        all[1] = authority;
        return all.Export(X509ContentType.Pkcs12, password)!;
    }

    public void Dispose() => _authority.Dispose();

    private static X500DistinguishedName Named(string name) => new($"CN={name}");

    private static X509Certificate2 Make(X500DistinguishedName name, X509Certificate2? issuer, bool isAuthority, DateTimeOffset to, string? revocationList = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        if (revocationList is not null)
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationList]));
        if (isAuthority)
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer is null)
            return request.CreateSelfSigned(From, to);
        using var issued = request.Create(issuer, From < to ? From : to.AddDays(-1), to, RandomNumberGenerator.GetBytes(16));
        using var withKey = issued.CopyWithPrivateKey(key);

        // A server takes a certificate whose key is in a file of its own.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
