using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Hosting;
using PostModtag.Application.Operation;

namespace PostModtag.Api.Access;

/// <summary>
/// Lets no server start that would be open to others: without sign-in it is for its own machine only, and tokens do not go over the
/// network as they are. It looks at the settings before the server listens, and at where it listens afterwards.
/// </summary>
internal sealed class AddressCheck(IConfiguration configuration, IOptions<PostModtagOptions> options, AccessList access, IServer server) : StartingService, IStartCheck
{
    /// <inheritdoc />
    public string Subject => "addresses";

    /// <inheritdoc />
    /// <exception cref="OperationRefusedException">An address that the settings name is one that no server listens on.</exception>
    public Task<IReadOnlyList<StartFinding>> RunAsync(CancellationToken cancellationToken)
    {
        Check(Configured());
        return Task.FromResult<IReadOnlyList<StartFinding>>(
            [new StartFinding(StartFindingLevel.Ok, access.IsOn ? "Sign-in is on" : "Sign-in is off, and the server is for its own machine only")]);
    }

    /// <inheritdoc />
    public override Task StartedAsync(CancellationToken cancellationToken)
    {
        Check(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        return Task.CompletedTask;
    }

    private void Check(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            var address = BindingAddress.Parse(url);
            var isHttps = address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
            if (!access.IsOn && !IsThisMachine(address))
                throw new OperationRefusedException($"{url} is an address that others can reach, and nobody is named who may come in. Name them in PostModtag:Callers, PostModtag:ApiKeys or PostModtag:Oidc, or bind the server to localhost.");
            if (isHttps && options.Value.Tls.CertificateFile is null && !configuration.GetSection("Kestrel").Exists())
                throw new OperationRefusedException($"{url} needs a certificate: name its file in PostModtag:Tls:CertificateFile.");
            if (!isHttps && !IsThisMachine(address) && options.Value.Proxies.Count == 0)
                throw new OperationRefusedException($"{url} would have tokens and messages go over the network as they are. Use https, or name the proxies before the server, where TLS ends, in PostModtag:Proxies.");
        }
    }

    /// <summary>As ASP.NET heeds them: Kestrel's own endpoints, or else urls, or else ports, which are open to all.</summary>
    private IEnumerable<string> Configured()
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0)
            return endpoints;
        return Split("urls") is { Length: > 0 } urls ? urls
            : [.. Split("http_ports").Select(port => $"http://*:{port}"), .. Split("https_ports").Select(port => $"https://*:{port}")];
    }

    private string[] Split(string key) => configuration[key]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsThisMachine(BindingAddress address) =>
        address.IsUnixPipe || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
}
