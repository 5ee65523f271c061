using System.Net;
using Microsoft.Extensions.Options;
using PostModtag.Api.Access;
using PostModtag.Application;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>Where the console can be had from. With a provider, from everywhere; without, from this machine only.</summary>
internal sealed class LocalOnly(IOptions<PostModtagOptions> options, PresentedCertificates proxies)
{
    private static readonly string[] ForwardedHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    /// <summary>Whether there is a provider.</summary>
    public bool HasProvider => options.Value.Oidc.Authority is not null;

    /// <summary>
    /// Whether the console can be had. A proxy on this machine has this machine's address, and lets others in; so has a page of another
    /// site whose name was made to mean this machine. Neither counts.
    /// </summary>
    public bool IsReachable(HttpContext context) => HasProvider || (IsThisMachine(context) && !IsForwarded(context));

    private static bool IsThisMachine(HttpContext context)
    {
        var host = context.Request.Host.Host.Trim('[', ']');
        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var named) && IPAddress.IsLoopback(named)));
    }

    private bool IsForwarded(HttpContext context) => proxies.IsFromProxy(context) || ForwardedHeaders.Any(context.Request.Headers.ContainsKey);
}
