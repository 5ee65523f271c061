using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Api.Access;
using PostModtag.Contract;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Access;

/// <summary>At EP_FS1 a client certificate lets in whose CVR number or thumbprint is on the list, and nobody else.</summary>
[Operation("ReceiveMessage")]
public sealed class CallerCertificateTests : IDisposable
{
    private const string Cvr = "90000009";

    private readonly AccessSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [Fact]
    public async Task A_certificate_of_an_organisation_on_the_list_is_let_in()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();
        using var certificate = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        using var client = server.ClientWith(certificate);

        for (var i = 0; i < 3; i++)
        {
            using var response = await client.PostMemoAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("NTRDK-90000008")]
    [InlineData("NTRSE-90000009")]
    [InlineData("90000009")]
    [InlineData("NTRDK-900000090")]
    public async Task A_good_certificate_of_another_organisation_is_not_permitted(string organization)
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();
        using var certificate = _settings.Certificates.Organization(organization);
        await ShouldBeRefusedAsync(server, certificate, HttpStatusCode.Forbidden, ProblemCode.NOT_PERMITTED, "list of callers");
    }

    [Fact]
    public async Task A_call_without_a_certificate_is_not_let_in_and_told_how_to_be()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();
        await ShouldBeRefusedAsync(server, null, HttpStatusCode.Unauthorized, ProblemCode.NOT_AUTHENTICATED, "Present a client certificate (OCES3)");
        using var client = server.ClientWith((X509Certificate2?)null);
        using var response = await client.PostMemoAsync();
        response.Headers.WwwAuthenticate.Select(way => way.Scheme).ShouldBe(["Holder-of-key", "Bearer"]);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_not_let_in()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();
        using var certificate = _settings.Certificates.Organization($"NTRDK-{Cvr}", expires: DateTimeOffset.UtcNow.AddMinutes(-5));
        await ShouldBeRefusedAsync(server, certificate, HttpStatusCode.Unauthorized, ProblemCode.NOT_AUTHENTICATED, "has expired");
        server.Log.Lines.ShouldContain(line => line.Contains("[310]") && line.Contains("CertificateExpired") && line.Contains(certificate.GetCertHashString(HashAlgorithmName.SHA256), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_certificate_that_another_authority_has_issued_is_not_let_in()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();
        using var others = new TestCertificates();
        using var certificate = others.Organization($"NTRDK-{Cvr}");
        await ShouldBeRefusedAsync(server, certificate, HttpStatusCode.Unauthorized, ProblemCode.NOT_AUTHENTICATED, "does not come from one that this server trusts");
    }

    [Fact]
    public async Task A_thumbprint_on_the_list_lets_in_that_certificate_only()
    {
        using var certificate = _settings.Certificates.Client();
        using var other = _settings.Certificates.Client();
        await using var server = await _settings.WithTls().WithCaller("ESDH", thumbprint: certificate.GetCertHashString(HashAlgorithmName.SHA256)).StartAsync();
        using var client = server.ClientWith(certificate);
        using var response = await client.PostMemoAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync(server, other, HttpStatusCode.Forbidden, ProblemCode.NOT_PERMITTED, "list of callers");
    }

    [Fact]
    public async Task Where_a_thumbprint_and_a_CVR_number_are_set_both_must_fit()
    {
        using var certificate = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        await using var server = await _settings.WithTls().WithCaller("ESDH", cvr: "90000008", thumbprint: thumbprint).StartAsync();
        await ShouldBeRefusedAsync(server, certificate, HttpStatusCode.Forbidden, ProblemCode.NOT_PERMITTED, "list of callers");
    }

    [Fact]
    public async Task A_certificate_is_checked_once_in_a_while_and_not_with_each_call()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();
        using var certificate = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        var certificates = server.Services.GetRequiredService<ClientCertificates>();

        var first = await certificates.CheckAsync(certificate);
        (await certificates.CheckAsync(certificate)).ShouldBeSameAs(first);
        certificates.Reload();
        (await certificates.CheckAsync(certificate)).ShouldNotBeSameAs(first);
        first.ShouldBe(new CheckedCertificate(Sha256Value.Of(certificate.RawData), Cvr, null));
    }

    [Fact]
    public async Task A_revoked_certificate_is_not_let_in_and_one_that_is_not_on_the_list_is()
    {
        await using var lists = new RevocationLists();
        await lists.StartAsync();
        using var revoked = _settings.Certificates.Organization($"NTRDK-{Cvr}", revocationList: lists.Url);
        using var good = _settings.Certificates.Organization($"NTRDK-{Cvr}", revocationList: lists.Url);
        lists.List = _settings.Certificates.RevocationList(revoked);
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();

        await ShouldBeRefusedAsync(server, revoked, HttpStatusCode.Unauthorized, ProblemCode.NOT_AUTHENTICATED, "has been revoked");
        using var client = server.ClientWith(good);
        using var response = await client.PostMemoAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        lists.Asked.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("WhereReachable", HttpStatusCode.OK)]
    [InlineData("Required", HttpStatusCode.Unauthorized)]
    public async Task A_revocation_list_that_cannot_be_had_is_left_out_unless_it_is_required(string revocation, HttpStatusCode status)
    {
        using var closed = new ClosedPort();
        using var certificate = _settings.Certificates.Organization($"NTRDK-{Cvr}", revocationList: $"http://127.0.0.1:{closed.Number}/{revocation}.crl");
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).With($"--PostModtag:Tls:Revocation={revocation}").StartAsync();
        using var client = server.ClientWith(certificate);
        using var response = await client.PostMemoAsync();
        response.StatusCode.ShouldBe(status);
        server.Log.Lines.Any(line => line.Contains("[311]")).ShouldBe(status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_servers_own_certificate_may_be_PEM_with_its_key_in_a_file_of_its_own()
    {
        using var own = _settings.Certificates.Server();
        var (file, key) = (Path.Combine(_settings.Folder, "server.pem"), Path.Combine(_settings.Folder, "server.key"));
        await File.WriteAllTextAsync(file, $"{own.ExportCertificatePem()}\n{_settings.Certificates.Pem}");
        await File.WriteAllTextAsync(key, own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var server = await _settings.With("--urls=https://127.0.0.1:0").WithCaller("ESDH", token: "token")
            .With($"--PostModtag:Tls:CertificateFile={file}").With($"--PostModtag:Tls:KeyFile={key}").StartAsync();
        using var client = server.ClientWith((X509Certificate2?)null, "Bearer token");
        using var response = await client.PostMemoAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ShouldBeRefusedAsync(TestServer server, X509Certificate2? certificate, HttpStatusCode status, ProblemCode code, string why)
    {
        using var client = server.ClientWith(certificate);
        using var response = await client.PostMemoAsync();
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await response.JsonAsync();
        problem.Text("code").ShouldBe(code.ToString());
        problem.Text("detail")!.ShouldContain(why);
        problem.Text("transactionId").ShouldBe(response.TransactionId());
    }

    /// <summary>Where a revocation list is had.</summary>
    private sealed class RevocationLists : IAsyncDisposable
    {
        private readonly WebApplication _app;

        public RevocationLists()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(context =>
            {
                Asked++;
                return context.Response.Body.WriteAsync(List).AsTask();
            });
        }

        public byte[] List { get; set; } = [];

        public int Asked { get; private set; }

        public string Url => $"{_app.Urls.First()}/{Guid.NewGuid()}.crl";

        public Task StartAsync() => _app.StartAsync();

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
