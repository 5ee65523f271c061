namespace PostModtag.Api.Access;

/// <summary>
/// Behind a proxy where TLS ends, the address that people have is the proxy's: it says so in <c>X-Forwarded-Proto</c>, which counts from
/// a configured proxy only. By it the provider sends people back to the right address, and cookies are for https only.
/// </summary>
internal sealed class ProxiedScheme(RequestDelegate next, PresentedCertificates proxies)
{
    private const string Header = "X-Forwarded-Proto";

    public Task InvokeAsync(HttpContext context)
    {
        if (proxies.IsFromProxy(context) && context.Request.Headers[Header].ToString().Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
            context.Request.Scheme = Uri.UriSchemeHttps;
        return next(context);
    }
}
