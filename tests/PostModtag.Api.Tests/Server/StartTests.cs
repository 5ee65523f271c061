using Microsoft.Extensions.DependencyInjection;
using PostModtag.Api.Tests.Access;
using PostModtag.Application.Operation;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

/// <summary>What an operator sees when the server starts, and when it cannot.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("MaxMessageBytes", "mange", "MaxMessageBytes")]
    [InlineData("MaxMessageBytes", "5", "PostModtag:MaxMessageBytes must be a number of bytes from 1000 to 1000000000, such as 99500000.")]
    [InlineData("ServedAuthorities__0", "9000", "PostModtag:ServedAuthorities:0 must be a CVR number of 8 digits.")]
    [InlineData("AllowedFileTypes__0", "pdf", "PostModtag:AllowedFileTypes:0 must be a MIME type such as application/pdf or image/*.")]
    [InlineData("DeliveryTimeout", "00:00:00", "PostModtag:DeliveryTimeout must be a time")]
    [InlineData("RetryAfter", "00:00:00", "PostModtag:RetryAfter must be a time")]
    [InlineData("HoldFirstDelay", "00:00:00", "PostModtag:HoldFirstDelay must be a time")]
    [InlineData("HoldMaxDelay", "8.00:00:00", "PostModtag:HoldMaxDelay must be a time")]
    [InlineData("HoldMaxDelay", "00:00:10", "PostModtag:HoldMaxDelay must not be shorter than PostModtag:HoldFirstDelay.")]
    [InlineData("HoldFor", "61.00:00:00", "PostModtag:HoldFor must be a time")]
    [InlineData("DigitalPost__Relay", "true", "PostModtag:DigitalPost:Url must be the address of Digital Post's API with https")]
    [InlineData("DigitalPost__Url", "http://digitalpost.example/", "PostModtag:DigitalPost:Url must be the address of Digital Post's API with https")]
    [InlineData("DigitalPost__Pull", "true", "PostModtag:DigitalPost:Pull needs PostModtag:DigitalPost:Relay=true")]
    [InlineData("DigitalPost__PullInterval", "00:00:00", "PostModtag:DigitalPost:PullInterval must be a time")]
    [InlineData("DigitalPost__Timeout", "00:20:00", "PostModtag:DigitalPost:Timeout must be a time")]
    [InlineData("DigitalPost__CertificateFile", "/intet/oces3.p12", "PostModtag:DigitalPost:CertificateFile names no PKCS#12 file that opens with PostModtag:DigitalPost:CertificatePassword.")]
    [InlineData("DigitalPost__CertificateFile", "/etc/passwd", "PostModtag:DigitalPost:CertificateFile names no PKCS#12 file that opens with PostModtag:DigitalPost:CertificatePassword.")]
    [InlineData("DigitalPost__TrustedCertificatesFile", "/etc/passwd", "PostModtag:DigitalPost:TrustedCertificatesFile names no file of certificates as PEM")]
    [InlineData("InlineContentBytes", "-1", "PostModtag:InlineContentBytes must be a number of bytes")]
    [InlineData("DataFolder", "", "PostModtag:DataFolder is empty; name a folder, such as data.")]
    [InlineData("DataFoldr", "x", "DataFoldr")]
    [InlineData("Callers__0__Cvr", "90000001", "PostModtag:Callers:0:Name must be")]
    [InlineData("Callers__0__Name", "ESDH", "PostModtag:Callers:0 names no Cvr, no Thumbprint and no TokenSha256; one of them at least.")]
    [InlineData("Callers__0__Cvr", "9000", "PostModtag:Callers:0:Cvr must be a CVR number of 8 digits.")]
    [InlineData("Callers__0__Cvr", "90000001", "name those that it must come from in PostModtag:Tls:TrustedCertificatesFile.")]
    [InlineData("Callers__0__Thumbprint", "AB", "PostModtag:Callers:0:Thumbprint must be the certificate's SHA-256")]
    [InlineData("Callers__0__TokenSha256", "hemmeligt", "PostModtag:Callers:0:TokenSha256 must be the token's SHA-256")]
    [InlineData("ApiKeys__0__Name", "P", "PostModtag:ApiKeys:0:Sha256 must be the key's SHA-256")]
    [InlineData("ApiKeys__0__Role", "chef", "PostModtag:ApiKeys:0:Role must be læser, sagsbehandler or administrator.")]
    [InlineData("ApiKeys__0__Scopes__0", "alt", "PostModtag:ApiKeys:0:Scopes must be of these: messages.read")]
    [InlineData("ApiKeys__0__Name", "P", "PostModtag:ApiKeys:0 has no Role and no Scopes")]
    [InlineData("ApiKeys__0__Authorities__0", "alle", "PostModtag:ApiKeys:0:Authorities must be CVR numbers of 8 digits, or * for all.")]
    [InlineData("Oidc__Authority", "http://login.example", "PostModtag:Oidc:Authority must be an address with https")]
    [InlineData("Oidc__Authority", "https://login.example", "PostModtag:Oidc:Audience must say what a token is for")]
    [InlineData("Tls__CertificateFile", "/etc/passwd", "PostModtag:Tls:CertificateFile names no certificate with its key")]
    [InlineData("Tls__CertificateFile", "/intet/server.p12", "PostModtag:Tls:CertificateFile names no certificate with its key")]
    [InlineData("Tls__TrustedCertificatesFile", "/etc/passwd", "PostModtag:Tls:TrustedCertificatesFile names no file of certificates as PEM")]
    [InlineData("Proxies__0", "nginx", "PostModtag:Proxies:0 must be an address or a network")]
    [InlineData("ProxyCertificateHeader", "x:y", "PostModtag:ProxyCertificateHeader must be the name of a header")]
    [InlineData("Limits__MaxHeaderBytes", "1", "PostModtag:Limits:MaxHeaderBytes must be")]
    [InlineData("Limits__MinBodyBytesPerSecond", "0", "PostModtag:Limits:MinBodyBytesPerSecond must be")]
    [InlineData("Limits__ConcurrentUploads", "0", "PostModtag:Limits:ConcurrentUploads must be")]
    [InlineData("Limits__CallsPerSecond", "0", "PostModtag:Limits:CallsPerSecond must be")]
    [InlineData("Limits__CallsPerSecondFromAddress", "0", "PostModtag:Limits:CallsPerSecondFromAddress must be")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence_that_names_it(string name, string value, string sentence)
    {
        using var server = Start(($"PostModtag__{name}", value));

        (await server.EndAsync()).ShouldBe(1);
        server.Errors.ShouldContain("PostModtag cannot start.");
        server.Errors.ShouldContain(sentence);
        server.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_data_folder_that_another_server_uses_stops_the_start()
    {
        using var first = Start();
        await first.ListeningAsync();
        using var second = Start();

        (await second.EndAsync()).ShouldBe(1);
        second.Errors.ShouldContain($"Another PostModtag server uses the data folder {_folder}");
    }

    [Fact]
    public async Task An_address_that_is_taken_stops_the_start()
    {
        using var first = Start();
        var address = await first.ListeningAsync();
        using var second = Start(("ASPNETCORE_URLS", address.ToString()), ("PostModtag__DataFolder", Path.Combine(_folder, "other")));

        (await second.EndAsync()).ShouldBe(1);
        second.Errors.ShouldContain("choose another address with --urls");
    }

    [Fact]
    public async Task A_data_folder_appears_that_only_its_own_user_can_read()
    {
        var data = Path.Combine(_folder, "new", "data");
        using var server = Start(("PostModtag__DataFolder", data));
        await server.ListeningAsync();

        File.Exists(Path.Combine(data, "postmodtag.db")).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(data).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:0", "http://0.0.0.0:0 is an address that others can reach, and nobody is named who may come in.")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0;http://*:0", "http://*:0 is an address that others can reach")]
    [InlineData("ASPNETCORE_URLS", "http://[::]:0", "is an address that others can reach")]
    [InlineData("Kestrel__Endpoints__Open__Url", "http://0.0.0.0:0", "is an address that others can reach")]
    [InlineData("ASPNETCORE_URLS", "https://127.0.0.1:0", "https://127.0.0.1:0 needs a certificate: name its file in PostModtag:Tls:CertificateFile.")]
    public async Task An_address_that_would_leave_the_server_open_stops_the_start(string name, string value, string sentence)
    {
        using var server = Start((name, value));

        (await server.EndAsync()).ShouldBe(1);
        server.Errors.ShouldContain("PostModtag cannot start.");
        server.Errors.ShouldContain(sentence);
    }

    [Fact]
    public async Task Ports_without_an_address_are_open_to_all_and_stop_the_start()
    {
        using var server = Start(("ASPNETCORE_URLS", ""), ("ASPNETCORE_HTTP_PORTS", "0"));
        (await server.EndAsync()).ShouldBe(1);
        server.Errors.ShouldContain("http://*:0 is an address that others can reach");
    }

    [Fact]
    public async Task With_sign_in_it_starts_there_over_TLS_or_behind_a_proxy_and_not_as_it_is()
    {
        string[] signIn = ["--PostModtag:Callers:0:Name=ESDH", $"--PostModtag:Callers:0:TokenSha256={new string('a', 64)}"];
        await using (var behind = await TestServer.StartAsync(settings: [.. signIn, "--urls=http://0.0.0.0:0", "--PostModtag:Proxies:0=10.0.0.4"]))
            behind.Address.Port.ShouldBeGreaterThan(0);
        using var settings = new AccessSettings().WithTls();
        await using (var withTls = await TestServer.StartAsync(settings: [.. signIn, .. settings.All, "--urls=https://0.0.0.0:0"]))
            withTls.Address.Scheme.ShouldBe("https");
        (await Should.ThrowAsync<OperationRefusedException>(() => TestServer.StartAsync(settings: [.. signIn, "--urls=http://0.0.0.0:0"])))
            .Message.ShouldContain("PostModtag:Proxies");
    }

    [Fact]
    public async Task An_address_that_the_program_itself_adds_is_found_when_the_server_listens()
    {
        var refused = await Should.ThrowAsync<OperationRefusedException>(() => TestServer.StartAsync(services =>
            services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel => kestrel.ListenAnyIP(0))));
        refused.Message.ShouldContain("is an address that others can reach");
    }

    private ServerProcess Start(params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["PostModtag__DataFolder"] = _folder };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.dll"), environment);
    }
}
