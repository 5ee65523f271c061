using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using PostModtag.Application;

namespace PostModtag.Api.Access;

/// <summary>What holds of a connection before there is a call on it: its certificates, and the limits of headers and of slow bodies.</summary>
internal sealed class ConnectionSettings(IOptions<PostModtagOptions> settings, ServerCertificate certificate) : IConfigureOptions<KestrelServerOptions>
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public void Configure(KestrelServerOptions kestrel)
    {
        var limits = settings.Value.Limits;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.MinBodyBytesPerSecond, GracePeriod);
        kestrel.ConfigureHttpsDefaults(Configure);
    }

    private void Configure(HttpsConnectionAdapterOptions https)
    {
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;

        // Any certificate is taken in the handshake, which proves that the caller has its key. Whether it is a good one is asked with each
        // call, so that the answer says what is wrong with it.
        https.ClientCertificateMode = settings.Value.Tls.TrustedCertificatesFile is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
        if (certificate.Certificate is not null)
            https.ServerCertificateSelector = (_, _) => certificate.Certificate;
        https.OnAuthenticate = (_, handshake) =>
        {
            certificate.Present(handshake);

            // Nothing is fetched from addresses that stand in a certificate that nobody has checked yet.
            handshake.CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        };
    }
}
