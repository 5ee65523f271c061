using Microsoft.AspNetCore.Http;

namespace PostModtag.Web;

/// <summary>
/// What browsers are told with every page. Nothing runs that is not one of our own files, nothing is loaded from elsewhere, no other
/// site frames a page, and what is personal stays in no cache. An endpoint that shows what senders made sets stricter ones itself.
/// </summary>
public static class SecurityHeaders
{
    private const string OfPages =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Sets them.</summary>
    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = OfPages;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = "no-store";
    }
}
