using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using PostModtag.Application.Hosting;
using PostModtag.Application.Metrics;

namespace PostModtag.Application.Certificates;

/// <summary>Looks once an hour when certificates expire, for metrics, and says of each at 60, 30, 14, 7 and 1 days, and when it has expired, that it does.</summary>
internal sealed class CertificateWatch(IEnumerable<ICertificateSource> sources, CertificateExpiry expiry, PostModtagMeter meter, TimeProvider clock, ILogger<CertificateWatch> log)
    : ClockedService(TimeSpan.FromHours(1), clock)
{
    private readonly Dictionary<ExpiringCertificate, int> _said = [];

    /// <inheritdoc />
    protected override void Begin() =>
        meter.Meter.CreateObservableGauge("postmodtag.certificate.seconds_left", Measure, "s", "Until a certificate in use expires; below 0 when it has.");

    /// <inheritdoc />
    protected override async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<ExpiringCertificate>();
        foreach (var source in sources)
        {
            try
            {
                found.AddRange(await source.FindAsync(cancellationToken));
            }
#pragma warning disable CA1031 // A database or a file that is away comes back; the other certificates are looked at all the same.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                TellFailure(exception);
            }
        }

        expiry.Latest = [.. found.OrderBy(certificate => certificate.ExpiresAt)];
        foreach (var certificate in expiry.Latest)
            Say(certificate, now);
        foreach (var gone in _said.Keys.Except(found).ToList())
            _said.Remove(gone);
    }

    /// <inheritdoc />
    protected override void TellFailure(Exception exception) => CertificateLog.LookingFailed(log, ExceptionDescription.Of(exception));

    private void Say(ExpiringCertificate certificate, DateTimeOffset now)
    {
        if (CertificateExpiry.DaysLeft(certificate.ExpiresAt, now) is not { } days || (_said.TryGetValue(certificate, out var said) && said <= days))
            return;
        _said[certificate] = days;
        var (whose, thumbprint, expiresAt) = certificate;
        if (days == 0)
            CertificateLog.Expired(log, whose, thumbprint, expiresAt);
        else
            CertificateLog.Expires(log, days == 1 ? LogLevel.Error : LogLevel.Warning, whose, thumbprint, days, expiresAt);
    }

    private IEnumerable<Measurement<double>> Measure() => expiry.Latest
        .Select(certificate => new Measurement<double>(
            Math.Round((certificate.ExpiresAt - Clock.GetUtcNow()).TotalSeconds), KeyValuePair.Create<string, object?>("certificate", certificate.Whose)));
}

/// <summary>What looking at certificates writes to the log: what they are for, thumbprints and moments.</summary>
internal static partial class CertificateLog
{
    [LoggerMessage(EventId = 320, Message = "The certificate {Whose} ({Thumbprint}) expires within {Days} days, at {ExpiresAt:yyyy-MM-dd HH:mm} UTC")]
    public static partial void Expires(ILogger log, LogLevel level, string whose, string thumbprint, int days, DateTimeOffset expiresAt);

    [LoggerMessage(321, LogLevel.Error, "The certificate {Whose} ({Thumbprint}) has expired, at {ExpiresAt:yyyy-MM-dd HH:mm} UTC")]
    public static partial void Expired(ILogger log, string whose, string thumbprint, DateTimeOffset expiresAt);

    [LoggerMessage(322, LogLevel.Error, "Looking when certificates expire failed, and is tried again in an hour. It threw {Exception}")]
    public static partial void LookingFailed(ILogger log, string exception);
}
