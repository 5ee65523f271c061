using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PostModtag.Api.Tests.Access;

/// <summary>A certificate in a header counts when a configured proxy says it, and never else.</summary>
[Operation("ReceiveMessage")]
public sealed class ForwardedCertificateTests : IDisposable
{
    private const string Cvr = "90000009";

    private readonly AccessSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", false)]
    public async Task What_a_configured_proxy_says_counts(string proxy, bool asPem)
    {
        await using var server = await _settings.WithTrust().WithCaller("Serviceplatformen", cvr: Cvr).With($"--PostModtag:Proxies:0={proxy}").StartAsync();
        using var good = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        using var other = _settings.Certificates.Organization("NTRDK-90000008");

        (await StatusAsync(server.Client, Header(good, asPem))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server.Client, Header(good, asPem))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server.Client, Header(other, asPem))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(server.Client, "rubbish%")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(server.Client, null)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("--PostModtag:Proxies:0=10.0.0.4")]
    [InlineData("--PostModtag:ProxyCertificateHeader=X-Client-Cert")]
    public async Task What_anybody_else_says_does_not_count(string setting)
    {
        await using var server = await _settings.WithTrust().WithCaller("Serviceplatformen", cvr: Cvr).With(setting).StartAsync();
        using var good = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        (await StatusAsync(server.Client, Header(good, asPem: true))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_certificate_of_the_proxy_itself_is_not_the_callers()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).With("--PostModtag:Proxies:0=127.0.0.1").StartAsync();
        using var proxy = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        using var client = server.ClientWith(proxy);
        (await StatusAsync(client, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(client, Header(proxy, asPem: true))).ShouldBe(HttpStatusCode.OK);
    }

    private static string Header(X509Certificate2 certificate, bool asPem) =>
        asPem ? Uri.EscapeDataString(certificate.ExportCertificatePem()) : Convert.ToBase64String(certificate.RawData);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string? certificate)
    {
        client.DefaultRequestHeaders.Remove("X-Client-Cert");
        if (certificate is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("X-Client-Cert", certificate);
        using var response = await client.PostMemoAsync();
        return response.StatusCode;
    }
}
