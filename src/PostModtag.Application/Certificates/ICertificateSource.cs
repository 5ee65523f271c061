namespace PostModtag.Application.Certificates;

/// <summary>Knows certificates whose expiry somebody must see to.</summary>
public interface ICertificateSource
{
    /// <summary>Those that there are now.</summary>
    Task<IReadOnlyList<ExpiringCertificate>> FindAsync(CancellationToken cancellationToken);
}

/// <summary>A certificate that is in use, and when that ends.</summary>
/// <param name="Whose">What it is for: <c>server</c>, <c>digital-post</c>, <c>fagsystem esdh</c>, <c>trusted ...</c>.</param>
/// <param name="Thumbprint">Its SHA-256.</param>
/// <param name="ExpiresAt">When it expires, UTC.</param>
public sealed record ExpiringCertificate(string Whose, string Thumbprint, DateTimeOffset ExpiresAt);
