using System.Security.Cryptography.X509Certificates;
using PostModtag.Application.Access;

namespace PostModtag.Api.Access;

/// <summary>Whether a certificate comes from a trust anchor, is valid, and is on no revocation list.</summary>
internal static class CertificateChain
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Why it is not to be trusted, null when it is; and whether a revocation list could not be had.</summary>
    public static (NotLetIn? Problem, bool IsListMissing) Check(X509Certificate2 certificate, X509Certificate2Collection trusted, Revocation revocation, DateTimeOffset now)
    {
        // First without lists: where they are is told by the certificate itself, and nothing is fetched for one that nobody trusts.
        var (problem, _) = Build(certificate, trusted, Policy(X509RevocationMode.NoCheck, now));
        if (problem is not null || revocation == Revocation.Off)
            return (problem, false);

        var policy = Policy(X509RevocationMode.Online, now);
        if (revocation == Revocation.WhereReachable)
            policy.VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown | X509VerificationFlags.IgnoreCertificateAuthorityRevocationUnknown;
        return Build(certificate, trusted, policy);
    }

    private static (NotLetIn? Problem, bool IsListMissing) Build(X509Certificate2 certificate, X509Certificate2Collection trusted, X509ChainPolicy policy)
    {
        using var chain = new X509Chain { ChainPolicy = policy };
        policy.CustomTrustStore.AddRange(trusted);
        var isGood = chain.Build(certificate);
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        var isListMissing = (status & (X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation)) != 0;
        foreach (var element in chain.ChainElements)
            element.Certificate.Dispose();
        if (isGood)
            return (null, isListMissing);
        return (status.HasFlag(X509ChainStatusFlags.Revoked) ? NotLetIn.CertificateRevoked
            : status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? NotLetIn.CertificateExpired
            : isListMissing ? NotLetIn.RevocationUnknown
            : NotLetIn.CertificateUntrusted, isListMissing);
    }

    private static X509ChainPolicy Policy(X509RevocationMode mode, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = mode,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
            UrlRetrievalTimeout = ListTimeout,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
        };
        policy.ApplicationPolicy.Add(new(ClientAuthentication));
        return policy;
    }
}
