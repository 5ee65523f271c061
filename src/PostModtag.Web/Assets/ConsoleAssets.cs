using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PostModtag.Web.Assets;

/// <summary>
/// What a browser loads beside the pages: a stylesheet, two scripts and an icon, all from this assembly. Their addresses have their
/// content's hash, so that a browser keeps them for good and never uses old ones with a new page.
/// </summary>
public static class ConsoleAssets
{
    private const string Prefix = "assets/";

    private static readonly Dictionary<string, Asset> ByName = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(name => name[Prefix.Length..], Read);

    private static readonly string Version = Convert.ToHexStringLower(SHA256.HashData([.. ByName.OrderBy(asset => asset.Key, StringComparer.Ordinal).SelectMany(asset => asset.Value.Hash)]))[..16];

    /// <summary>The address of one of them.</summary>
    public static string UrlOf(string name) => ByName.ContainsKey(name) ? $"/assets/{Version}/{name}" : throw new ArgumentException($"There is no asset {name}.", nameof(name));

    internal static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/assets/{version}/{name}", Get).AllowAnonymous().WithMetadata(new ConsoleEndpoint());

    private static IResult Get(HttpContext context, string version, string name)
    {
        if (version != Version || !ByName.TryGetValue(name, out var asset))
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return Results.Bytes(asset.Bytes, asset.Type);
        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(asset.Zipped, asset.Type);
    }

    private static Asset Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(bytes.ToArray());
        return new Asset(bytes.ToArray(), zipped.ToArray(), SHA256.HashData(bytes.ToArray()), Path.GetExtension(resource) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        });
    }

    private sealed record Asset(byte[] Bytes, byte[] Zipped, byte[] Hash, string Type);
}
