namespace PostModtag.Application.Certificates;

/// <summary>When the certificates in use expire, as it was looked up last on this node, and from when on that is said.</summary>
internal sealed class CertificateExpiry
{
    private static readonly int[] Days = [1, 7, 14, 30, 60];

    private IReadOnlyList<ExpiringCertificate> _latest = [];

    /// <summary>The certificates, the one that expires first first. Empty until they have been looked up.</summary>
    public IReadOnlyList<ExpiringCertificate> Latest
    {
        get => Volatile.Read(ref _latest);
        internal set => Volatile.Write(ref _latest, value);
    }

    /// <summary>The days of which at most are left, of 60, 30, 14, 7 and 1; 0 when it has expired, null when more are left.</summary>
    public static int? DaysLeft(DateTimeOffset expiresAt, DateTimeOffset now)
    {
        if (expiresAt <= now)
            return 0;
        var at = Array.FindIndex(Days, days => expiresAt - now <= TimeSpan.FromDays(days));
        return at < 0 ? null : Days[at];
    }
}
