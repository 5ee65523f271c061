namespace PostModtag.Domain.Fagsystemer;

/// <summary>What this server presents to a fagsystem on another host. The secret itself is kept encrypted, and never shown.</summary>
/// <param name="Fagsystem">The fagsystem's key.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Secret">The secret, encrypted.</param>
/// <param name="Description">What can be shown of it: the token's scheme, or the certificate's thumbprint.</param>
/// <param name="ExpiresAt">When the certificate expires, UTC; null for a token.</param>
/// <param name="ChangedAt">When it was set, UTC.</param>
public sealed record FagsystemCredential(string Fagsystem, CredentialKind Kind, byte[] Secret, string Description, DateTimeOffset? ExpiresAt, DateTimeOffset ChangedAt)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(FagsystemCredential)} {Kind} of {Fagsystem}";
}

/// <summary>What kind of secret it is.</summary>
public enum CredentialKind
{
    /// <summary>A token in the Authorization header.</summary>
    Token,

    /// <summary>A client certificate, as PKCS #12.</summary>
    ClientCertificate,
}
