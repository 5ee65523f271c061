using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Access;

namespace PostModtag.Api.Access;

/// <summary>The server's own certificate. Connections that there are keep the one that they began with; those that come get the newest.</summary>
internal sealed class ServerCertificate
{
    private readonly TlsOptions _tls;
    private volatile Presented? _now;

    public ServerCertificate(IOptions<PostModtagOptions> options)
    {
        _tls = options.Value.Tls;
        Reload();
    }

    /// <summary>The certificate now; null when the settings name none.</summary>
    public X509Certificate2? Certificate => _now?.Certificate;

    /// <summary>Reads it again. The one before is not disposed: it may be in the midst of a handshake.</summary>
    public void Reload()
    {
        if (_tls.CertificateFile is null)
            return;
        var (certificate, chain) = ServerCertificateFile.Read(_tls);
        _now = new Presented(certificate, SslStreamCertificateContext.Create(certificate, chain, offline: true));
    }

    /// <summary>Presents it, with those that issued it.</summary>
    public void Present(SslServerAuthenticationOptions handshake)
    {
        if (_now is not { } now)
            return;
        handshake.ServerCertificateContext = now.Context;
        handshake.ServerCertificateSelectionCallback = null;
    }

    private sealed record Presented(X509Certificate2 Certificate, SslStreamCertificateContext Context);
}
