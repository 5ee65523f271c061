using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using PostModtag.Application;

namespace PostModtag.Api.Access;

/// <summary>
/// The certificate that a caller has presented: to this server, or to a reverse proxy that says it in a header. Only a configured proxy
/// is believed, and of one only the header counts: its own certificate is not the caller's.
/// </summary>
internal sealed class PresentedCertificates(IOptions<PostModtagOptions> options)
{
    private const int MaxKept = 1_024;

    private readonly IPNetwork[] _proxies = [.. options.Value.Proxies.Select(Network)];
    private readonly string _header = options.Value.ProxyCertificateHeader;
    private readonly ConcurrentDictionary<string, X509Certificate2> _kept = new();

    /// <summary>The certificate; null when the caller has presented none that can be read.</summary>
    public X509Certificate2? Of(HttpContext context) =>
        IsFromProxy(context) ? Read(context.Request.Headers[_header].ToString()) : context.Connection.ClientCertificate;

    /// <summary>Whether the call comes from a proxy.</summary>
    public bool IsFromProxy(HttpContext context)
    {
        if (_proxies.Length == 0 || context.Connection.RemoteIpAddress is not { } address)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_proxies, proxy => proxy.Contains(plain));
    }

    private X509Certificate2? Read(string header)
    {
        if (header.Length == 0)
            return null;
        if (_kept.TryGetValue(header, out var kept))
            return kept;
        if (TryRead(header) is not { } certificate)
            return null;
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        return _kept[header] = certificate;
    }

    /// <summary>As nginx says it (PEM, with % for what a header cannot have), or as others do (base64 without the lines around).</summary>
    private static X509Certificate2? TryRead(string header)
    {
        try
        {
            var text = header.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(header) : header;
            return text.Contains("-----BEGIN", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromPem(text)
                : X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network : IPAddress.Parse(text) is var address ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : default;
}
