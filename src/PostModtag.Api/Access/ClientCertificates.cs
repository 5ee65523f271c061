using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Fagsystemer;

namespace PostModtag.Api.Access;

/// <summary>
/// Checks callers' certificates, each once in a while: a chain costs more than all else of a small message. What is kept is bounded, and
/// forgotten when the trust anchors change.
/// </summary>
internal sealed partial class ClientCertificates(IOptions<PostModtagOptions> options, TimeProvider clock, ILogger<ClientCertificates> log)
{
    private const int MaxKept = 4_096;

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BadFor = TimeSpan.FromSeconds(30);

    private volatile Known _known = new(Read(options.Value));

    /// <summary>The trust anchors now, and those that issue below them.</summary>
    public X509Certificate2Collection Trusted => _known.Trusted;

    /// <summary>What is known of it.</summary>
    public Task<CheckedCertificate> CheckAsync(X509Certificate2 certificate)
    {
        var thumbprint = Sha256Value.Of(certificate.RawDataMemory.Span);
        var known = _known;
        if (known.Kept.TryGetValue(thumbprint, out var kept) && kept.Until > clock.GetUtcNow().UtcTicks)
            return kept.Check;

        if (known.Kept.Count >= MaxKept)
            known.Kept.Clear();
        var entry = new Kept();

        // A copy: the connection that it came on may end, and its certificate with it.
        var copy = X509CertificateLoader.LoadCertificate(certificate.RawDataMemory.Span);
        entry.Check = Task.Run(() => Check(entry, copy, thumbprint, known.Trusted));
        known.Kept[thumbprint] = entry;
        return entry.Check;
    }

    /// <summary>Reads the trust anchors again.</summary>
    /// <exception cref="CryptographicException">There are none in the file, as while it is being written; those before stay.</exception>
    public void Reload()
    {
        var trusted = Read(options.Value);
        if (trusted.Count == 0)
            throw new CryptographicException("The file has no certificates.");
        _known = new Known(trusted);
    }

    private CheckedCertificate Check(Kept entry, X509Certificate2 certificate, Sha256Value thumbprint, X509Certificate2Collection trusted)
    {
        using (certificate)
        {
            var now = clock.GetUtcNow();
            var (problem, isListMissing) = Check(certificate, trusted, now);
            if (isListMissing && problem is null)
                ListMissing(log, thumbprint);
            var until = problem is null ? Min(now + GoodFor, certificate.NotAfter.ToUniversalTime()) : now + BadFor;
            Volatile.Write(ref entry.Until, until.UtcTicks);
            return new CheckedCertificate(thumbprint, OrganizationIdentifier.CvrOf(certificate.SubjectName), problem);
        }
    }

    private (NotLetIn? Problem, bool IsListMissing) Check(X509Certificate2 certificate, X509Certificate2Collection trusted, DateTimeOffset now)
    {
        try
        {
            return CertificateChain.Check(certificate, trusted, options.Value.Tls.Revocation, now);
        }
        catch (CryptographicException)
        {
            // So odd a certificate that no chain can be made of it.
            return (NotLetIn.CertificateUntrusted, false);
        }
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static X509Certificate2Collection Read(PostModtagOptions options) =>
        options.Tls.TrustedCertificatesFile is { } file ? TrustedCertificates.Read(File.ReadAllText(file)) : [];

    [LoggerMessage(311, LogLevel.Warning, "No revocation list could be had for the certificate {Thumbprint}; it was let in without")]
    private static partial void ListMissing(ILogger log, Sha256Value thumbprint);

    private sealed record Known(X509Certificate2Collection Trusted)
    {
        public ConcurrentDictionary<Sha256Value, Kept> Kept { get; } = new();
    }

    /// <summary>A check that is made, or being made; those who come meanwhile wait for the same one.</summary>
    private sealed class Kept
    {
        public long Until = long.MaxValue;

        public Task<CheckedCertificate> Check { get; set; } = null!;
    }
}
