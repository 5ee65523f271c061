using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Access;

/// <summary>Who may come in, as settings; the files that they name go with it.</summary>
internal sealed class AccessSettings : IDisposable
{
    private readonly List<string> _all = [];
    private int _callers;
    private int _keys;

    public TestCertificates Certificates { get; } = new();

    /// <summary>A folder for files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("postmodtag-access-").FullName;

    public string ServerFile => Path.Combine(Folder, "server.p12");

    public string[] All => [.. _all];

    /// <summary>The server speaks TLS, and takes certificates that the test's authority has issued.</summary>
    public AccessSettings WithTls(X509Certificate2? server = null)
    {
        File.WriteAllBytes(ServerFile, Certificates.Pkcs12(server ?? Certificates.Server()));
        return With("--urls=https://127.0.0.1:0").With($"--PostModtag:Tls:CertificateFile={ServerFile}").WithTrust();
    }

    public AccessSettings WithTrust()
    {
        var file = Path.Combine(Folder, "trusted.pem");
        File.WriteAllText(file, Certificates.Pem);
        return With($"--PostModtag:Tls:TrustedCertificatesFile={file}");
    }

    public AccessSettings WithCaller(string name, string? cvr = null, string? thumbprint = null, string? token = null)
    {
        var caller = $"--PostModtag:Callers:{_callers++}";
        With($"{caller}:Name={name}");
        if (cvr is not null)
            With($"{caller}:Cvr={cvr}");
        if (thumbprint is not null)
            With($"{caller}:Thumbprint={thumbprint}");
        if (token is not null)
            With($"{caller}:TokenSha256={Hash(token)}");
        return this;
    }

    public AccessSettings WithKey(string key, string role, params string[] authorities)
    {
        With($"--PostModtag:ApiKeys:{_keys}:Role={role}");
        return WithKey(key, authorities);
    }

    public AccessSettings WithScopes(string key, params string[] scopes)
    {
        for (var i = 0; i < scopes.Length; i++)
            With($"--PostModtag:ApiKeys:{_keys}:Scopes:{i}={scopes[i]}");
        return WithKey(key, ["*"]);
    }

    public AccessSettings With(string setting)
    {
        _all.Add(setting);
        return this;
    }

    public Task<TestServer> StartAsync() => TestServer.StartAsync(settings: All);

    public void Dispose()
    {
        Certificates.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private AccessSettings WithKey(string key, string[] authorities)
    {
        With($"--PostModtag:ApiKeys:{_keys}:Name=program {key}").With($"--PostModtag:ApiKeys:{_keys}:Sha256={Hash(key)}");
        for (var i = 0; i < authorities.Length; i++)
            With($"--PostModtag:ApiKeys:{_keys}:Authorities:{i}={authorities[i]}");
        _keys++;
        return this;
    }
}

/// <summary>Clients that say who they are.</summary>
internal static class SignedIn
{
    /// <summary>A client with that certificate, which takes whatever certificate the server has.</summary>
    public static HttpClient ClientWith(this TestServer server, X509Certificate2? certificate, string? authorization = null)
    {
        var sockets = new SocketsHttpHandler();
        sockets.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null;
        if (certificate is not null)
            sockets.SslOptions.ClientCertificateContext = System.Net.Security.SslStreamCertificateContext.Create(certificate, null, offline: true);
        return Client(server, sockets, authorization);
    }

    /// <summary>A client with that Authorization header.</summary>
    public static HttpClient ClientWith(this TestServer server, string authorization) => Client(server, new SocketsHttpHandler(), authorization);

    /// <summary>A client with that API key.</summary>
    public static HttpClient ClientWithKey(this TestServer server, string key)
    {
        var client = Client(server, new SocketsHttpHandler(), null);
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>Posts a message to EP_FS1.</summary>
    public static async Task<HttpResponseMessage> PostMemoAsync(this HttpClient client, TestMemo? memo = null)
    {
        using var body = new ByteArrayContent((memo ?? new TestMemo()).ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } };
        return await client.PostAsync(new Uri("PostModtag", UriKind.Relative), body);
    }

    private static HttpClient Client(TestServer server, SocketsHttpHandler sockets, string? authorization)
    {
        var client = new HttpClient(sockets) { BaseAddress = server.Address };
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return client;
    }
}
