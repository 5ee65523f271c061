namespace PostModtag.Api.Access;

/// <summary>What is known of a certificate that a caller has presented.</summary>
/// <param name="Thumbprint">Its SHA-256.</param>
/// <param name="Cvr">The CVR number of the organisation in its subject; null when there is none.</param>
/// <param name="Problem">Why it is not to be trusted; null when it is.</param>
internal sealed record CheckedCertificate(Sha256Value Thumbprint, string? Cvr, NotLetIn? Problem);

/// <summary>Why a caller is not let in.</summary>
internal enum NotLetIn
{
    /// <summary>It has presented neither a certificate nor a token.</summary>
    NoCredential,

    /// <summary>Nobody has that token, or whoever has it must present a certificate too, and has not.</summary>
    TokenUnknown,

    /// <summary>The certificate has expired, or is not valid yet.</summary>
    CertificateExpired,

    /// <summary>The certificate does not come from one that is trusted, or is not for this use.</summary>
    CertificateUntrusted,

    /// <summary>The certificate has been revoked.</summary>
    CertificateRevoked,

    /// <summary>The revocation list cannot be had, and the settings ask for it.</summary>
    RevocationUnknown,

    /// <summary>The certificate is good, and whose it is is not on the list.</summary>
    NotListed,
}
