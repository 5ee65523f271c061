using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Api.Access;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Access;

/// <summary>Certificates, callers and keys change while the server runs, and no call is dropped for it.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Cvr = "90000009";

    private readonly AccessSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [Fact]
    public async Task A_new_certificate_counts_from_the_next_connection_on_and_no_call_is_dropped()
    {
        using var old = _settings.Certificates.Server();
        using var renewed = _settings.Certificates.Server();
        await using var server = await _settings.WithTls(old).WithCaller("ESDH", token: "token").StartAsync();
        using var kept = server.ClientWith((X509Certificate2?)null, "Bearer token");
        using var stop = new CancellationTokenSource();
        var calls = Task.WhenAll(CallAsync(kept, stop.Token), CallAsync(() => server.ClientWith((X509Certificate2?)null, "Bearer token"), stop.Token));
        (await PresentedAsync(server)).ShouldBe(Thumbprint(old));

        await File.WriteAllBytesAsync(_settings.ServerFile, "half of it"u8.ToArray());
        await Eventually.BeSoAsync(() => server.Log.Lines.Any(line => line.Contains("[304]")));
        (await PresentedAsync(server)).ShouldBe(Thumbprint(old));
        await File.WriteAllBytesAsync(_settings.ServerFile, _settings.Certificates.Pkcs12(renewed));
        await Eventually.BeSoAsync(async () => await PresentedAsync(server) == Thumbprint(renewed));

        await stop.CancelAsync();
        var answers = (await calls).SelectMany(answer => answer).ToList();
        answers.Count.ShouldBeGreaterThan(10);
        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task New_trust_anchors_count_for_those_who_were_let_in_before_too()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();
        using var others = new TestCertificates();
        using var old = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        using var renewed = others.Organization($"NTRDK-{Cvr}");
        using var before = server.ClientWith(old);
        using var after = server.ClientWith(renewed);
        (await StatusAsync(before), await StatusAsync(after)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Unauthorized));

        await File.WriteAllTextAsync(Path.Combine(_settings.Folder, "trusted.pem"), "");
        await Eventually.BeSoAsync(() => server.Log.Lines.Any(line => line.Contains("[304]")));
        (await StatusAsync(before)).ShouldBe(HttpStatusCode.OK);
        await File.WriteAllTextAsync(Path.Combine(_settings.Folder, "trusted.pem"), others.Pem);
        await Eventually.BeSoAsync(async () => await StatusAsync(before) == HttpStatusCode.Unauthorized);
        await Eventually.BeSoAsync(async () => await StatusAsync(after) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_caller_that_is_put_on_the_list_is_let_in_and_one_that_is_taken_off_is_not()
    {
        await using var server = await _settings.WithKey("key", "læser", "*").StartAsync();
        var file = Settings(server);
        using var caller = server.ClientWith("Bearer token");
        (await StatusAsync(caller)).ShouldBe(HttpStatusCode.Unauthorized);

        await WriteAsync(file, new { Callers = new[] { new { Name = "ESDH", TokenSha256 = AccessSettings.Hash("token") } } });
        await Eventually.BeSoAsync(async () => await StatusAsync(caller) == HttpStatusCode.OK);
        server.Log.Lines.ShouldContain(line => line.Contains("[301]") && line.Contains("1 callers, 1 API keys"));

        await WriteAsync(file, new { Callers = new[] { new { Name = "ESDH", TokenSha256 = "kort" } } });
        await Eventually.BeSoAsync(() => server.Log.Lines.Any(line => line.Contains("[302]") && line.Contains("PostModtag:Callers:0:TokenSha256 must be")));
        (await StatusAsync(caller)).ShouldBe(HttpStatusCode.OK);

        await WriteAsync(file, new { });
        await Eventually.BeSoAsync(async () => await StatusAsync(caller) == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Sign_in_that_is_on_stays_on_when_the_last_one_is_taken_off_the_list()
    {
        await using var server = await TestServer.StartAsync();
        var file = Settings(server);
        using var caller = server.ClientWith("Bearer token");
        (await StatusAsync(server.Client)).ShouldBe(HttpStatusCode.OK);

        await WriteAsync(file, new { Callers = new[] { new { Name = "ESDH", TokenSha256 = AccessSettings.Hash("token") } } });
        await Eventually.BeSoAsync(async () => await StatusAsync(server.Client) == HttpStatusCode.Unauthorized);
        (await StatusAsync(caller)).ShouldBe(HttpStatusCode.OK);
        await WriteAsync(file, new { });
        await Eventually.BeSoAsync(async () => await StatusAsync(caller) == HttpStatusCode.Unauthorized);
        server.Services.GetRequiredService<AccessList>().IsOn.ShouldBeTrue();
    }

    private static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>A settings file of its own, which the server reads again when it changes.</summary>
    private string Settings(TestServer server)
    {
        var file = Path.Combine(_settings.Folder, "settings.json");
        File.WriteAllText(file, "{}");
        ((IConfigurationBuilder)server.Services.GetRequiredService<IConfiguration>()).AddJsonFile(file, optional: false, reloadOnChange: true);
        return file;
    }

    private static Task WriteAsync<T>(string file, T postModtag) => File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { PostModtag = postModtag }));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.PostMemoAsync();
        return response.StatusCode;
    }

    private static Task<List<HttpStatusCode>> CallAsync(HttpClient client, CancellationToken stop) => CallAsync(() => client, stop, dispose: false);

    private static async Task<List<HttpStatusCode>> CallAsync(Func<HttpClient> connect, CancellationToken stop, bool dispose = true)
    {
        var answers = new List<HttpStatusCode>();
        while (!stop.IsCancellationRequested)
        {
            var client = connect();
            answers.Add(await StatusAsync(client));
            if (dispose)
                client.Dispose();
        }

        return answers;
    }

    private static async Task<string> PresentedAsync(TestServer server)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var tls = new SslStream(connection.GetStream(), false, (_, presented, _, _) => presented is not null);
        await tls.AuthenticateAsClientAsync("localhost");
        return tls.RemoteCertificate!.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
