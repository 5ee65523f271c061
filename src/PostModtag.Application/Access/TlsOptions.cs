namespace PostModtag.Application.Access;

/// <summary>The settings under <c>PostModtag:Tls</c>: the server's own certificate, and whose certificates callers may come with.</summary>
public sealed class TlsOptions
{
    /// <summary>The server's certificate with those that issued it: a PKCS#12 file with its key, or PEM with <see cref="KeyFile"/>. Null for none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The PKCS#12 file's password. Null for none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The key of a certificate in PEM, as PEM. Null when <see cref="CertificateFile"/> has it.</summary>
    public string? KeyFile { get; set; }

    /// <summary>A PEM file with the certificates that callers' own must come from: the trust anchors, and those that issue below them. Null to take no certificates.</summary>
    public string? TrustedCertificatesFile { get; set; }

    /// <summary>What is asked of revocation lists. Default <see cref="Revocation.WhereReachable"/>.</summary>
    public Revocation Revocation { get; set; } = Revocation.WhereReachable;
}

/// <summary>What is asked of the revocation lists of callers' certificates.</summary>
public enum Revocation
{
    /// <summary>A certificate on a list is refused; a list that cannot be had is left out.</summary>
    WhereReachable,

    /// <summary>A certificate whose list cannot be had is refused too.</summary>
    Required,

    /// <summary>Lists are not asked.</summary>
    Off,
}
