using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>What is presented to a fagsystem is presented to that one only, from the next message on, and never comes out again.</summary>
[Operation("SetFagsystemCredential")]
[Operation("RemoveFagsystemCredential")]
[Operation("GetFagsystemConnection")]
public sealed class CredentialTests : IAsyncLifetime, IDisposable
{
    private const string Token = "eyJhbGciOiJub25lIn0.hemmeligt-token";

    private readonly TestCertificates _certificates = new();
    private Delivering _delivering = null!;

    public async Task InitializeAsync() =>
        _delivering = await Delivering.StartAsync(certificate: _certificates.Server(), rest: rest => rest.TrustedCertificates = _certificates.Pem);

    public async Task DisposeAsync() => await _delivering.DisposeAsync();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData(null, "Bearer")]
    [InlineData("Holder-of-key", "Holder-of-key")]
    public async Task A_token_is_in_the_Authorization_header_from_the_next_message_on(string? scheme, string presented)
    {
        (await SendAsync()).Header("Authorization").ShouldBeNull();
        await SetAsync(new FagsystemCredential { Scheme = scheme, Token = Token });
        (await SendAsync()).Header("Authorization").ShouldBe($"{presented} {Token}");

        await SetAsync(new FagsystemCredential { Token = "et-andet" });
        (await SendAsync()).Header("Authorization").ShouldBe("Bearer et-andet");
        await _delivering.Server.Fagsystemer.RemoveFagsystemCredentialAsync(Delivering.Key);
        (await SendAsync()).Header("Authorization").ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("kodeord")]
    public async Task A_client_certificate_is_presented_with_its_key(string? password)
    {
        using var certificate = _certificates.Client();
        (await SendAsync()).ClientCertificate.ShouldBeNull();
        await SetAsync(new FagsystemCredential { Pkcs12 = _certificates.Pkcs12(certificate, password), Password = password });

        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        (await SendAsync()).ClientCertificate.ShouldBe(thumbprint);
        var connection = await _delivering.ConnectionAsync();
        (connection.Credential, connection.CredentialLost, connection.Presented).ShouldBe((FagsystemConnectionCredential.CLIENT_CERTIFICATE, false, thumbprint));
        connection.ExpiresAt.ShouldBe(new DateTimeOffset(certificate.NotAfter).ToUniversalTime());

        using var other = _certificates.Client();
        await SetAsync(new FagsystemCredential { Pkcs12 = _certificates.Pkcs12(other) });
        (await SendAsync()).ClientCertificate.ShouldBe(other.GetCertHashString(HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task It_is_still_presented_after_a_restart_and_to_no_other_fagsystem()
    {
        await using var other = await StandInFagsystem.StartAsync();
        await _delivering.Server.RegisterRestAsync("andet", other.Url);
        await SetAsync(new FagsystemCredential { Token = Token });
        await _delivering.RestartAsync();

        (await SendAsync()).Header("Authorization").ShouldBe($"Bearer {Token}");
        await _delivering.Server.PublishAsync(Setup.Everything("andet"));
        await _delivering.PostAsync(new TestMemo());
        other.Calls.ShouldHaveSingleItem().Header("Authorization").ShouldBeNull();
    }

    [Fact]
    public async Task Secrets_are_in_no_answer_no_log_and_no_file()
    {
        using var certificate = _certificates.Client();
        var (pkcs12, password) = (_certificates.Pkcs12(certificate, "kodeord-som-ingen-ser"), "kodeord-som-ingen-ser");
        var key = certificate.GetECDsaPrivateKey()!.ExportParameters(true).D!;
        await SetAsync(new FagsystemCredential { Token = Token });
        await SendAsync();
        var answers = await EverythingAsync();
        await SetAsync(new FagsystemCredential { Pkcs12 = pkcs12, Password = password });
        await SendAsync();
        answers += await EverythingAsync();

        var secrets = new[] { Token, password, Convert.ToBase64String(pkcs12), Convert.ToHexString(key), Convert.ToBase64String(key) };
        secrets.Where(secret => answers.Contains(secret, StringComparison.OrdinalIgnoreCase) || _delivering.Server.Log.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        foreach (var file in Directory.EnumerateFiles(_delivering.Server.DataFolder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            var bytes = await ReadAsync(file);
            secrets.Select(Encoding.UTF8.GetBytes).Append(key).Append(pkcs12).Where(secret => bytes.AsSpan().IndexOf(secret) >= 0).ShouldBeEmpty(file);
        }
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task When_the_keys_are_gone_it_says_so_and_setting_it_again_is_enough()
    {
        await SetAsync(new FagsystemCredential { Token = Token });
        var keys = Path.Combine(_delivering.Server.DataFolder, "keys");
        await _delivering.RestartAsync(() => Directory.Move(keys, keys + "-gemt"));
        var memo = new TestMemo();

        (await _delivering.PostAsync(memo)).Status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);

        var message = await _delivering.GetAsync(memo);
        (message.Attempts.Single().Reason, message.Concern).ShouldBe(("CredentialLost", DeliveryConcern.CONFIGURATION));
        _delivering.Server.Log.Lines.ShouldContain(line => line.Contains("[105]", StringComparison.Ordinal) && line.Contains("CredentialLost", StringComparison.Ordinal));
        _delivering.Calls.ShouldBeEmpty();
        (await _delivering.ConnectionAsync()).CredentialLost.ShouldBeTrue();

        await SetAsync(new FagsystemCredential { Token = "nyt" });
        (await _delivering.ConnectionAsync()).CredentialLost.ShouldBeFalse();
        (await _delivering.PostAsync(memo)).Status.ShouldBe((int)HttpStatusCode.OK);
        _delivering.Calls.ShouldHaveSingleItem().Header("Authorization").ShouldBe("Bearer nyt");
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task Keys_that_are_brought_back_are_enough_too()
    {
        await SetAsync(new FagsystemCredential { Token = Token });
        var keys = Path.Combine(_delivering.Server.DataFolder, "keys");
        await _delivering.RestartAsync(() => Directory.Move(keys, keys + "-gemt"));
        (await _delivering.ConnectionAsync()).CredentialLost.ShouldBeTrue();
        await _delivering.RestartAsync(() =>
        {
            Directory.Delete(keys, recursive: true);
            Directory.Move(keys + "-gemt", keys);
        });

        (await SendAsync()).Header("Authorization").ShouldBe($"Bearer {Token}");
    }

    [Fact]
    public async Task One_that_is_registered_anew_under_the_same_key_is_presented_nothing()
    {
        await SetAsync(new FagsystemCredential { Token = Token });
        await SendAsync();
        await _delivering.Server.PublishAsync(Setup.Everything("indbakke"));
        await _delivering.Server.Fagsystemer.RemoveFagsystemAsync(Delivering.Key, "*");
        await using var elsewhere = await StandInFagsystem.StartAsync();
        await _delivering.Server.RegisterRestAsync(Delivering.Key, elsewhere.Url);
        await _delivering.Server.PublishAsync(Setup.Everything(Delivering.Key));

        (await _delivering.PostAsync(new TestMemo())).Status.ShouldBe((int)HttpStatusCode.OK);

        elsewhere.Calls.ShouldHaveSingleItem().Header("Authorization").ShouldBeNull();
        (await _delivering.ConnectionAsync()).Credential.ShouldBe(FagsystemConnectionCredential.NONE);
    }

    [Fact]
    public async Task What_is_no_credential_is_refused_at_its_place_and_the_one_before_stays()
    {
        using var expired = _certificates.Client(DateTimeOffset.UtcNow.AddMinutes(-5));
        using var certificate = _certificates.Client();
        using var without = X509CertificateLoader.LoadCertificate(certificate.RawData);
        await SetAsync(new FagsystemCredential { Token = Token });

        foreach (var (credential, place) in new (FagsystemCredential, string)[]
        {
            (new(), "token"),
            (new() { Token = Token, Pkcs12 = _certificates.Pkcs12(certificate) }, "token"),
            (new() { Token = "" }, "token"),
            (new() { Token = "to ord" }, "token"),
            (new() { Token = "ord\r\nX-Andet: 1" }, "token"),
            (new() { Token = "æ" }, "token"),
            (new() { Token = new string('x', 8_001) }, "token"),
            (new() { Token = Token, Scheme = "To ord" }, "scheme"),
            (new() { Token = Token, Scheme = "" }, "scheme"),
            (new() { Pkcs12 = [1, 2, 3] }, "pkcs12"),
            (new() { Pkcs12 = _certificates.Pkcs12(certificate, "kodeord"), Password = "et andet" }, "pkcs12"),
            (new() { Pkcs12 = _certificates.Pkcs12(expired) }, "pkcs12"),
            (new() { Pkcs12 = _certificates.Pkcs12(without) }, "pkcs12"),
        })
        {
            var refused = await _delivering.Server.CallAsync("PUT", $"fagsystemer/{Delivering.Key}/credential", System.Text.Json.JsonSerializer.Serialize(credential));
            (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe([place]);
        }

        (await SendAsync()).Header("Authorization").ShouldBe($"Bearer {Token}");
    }

    [Theory]
    [InlineData("PUT", "credential", """{"token":"t"}""")]
    [InlineData("DELETE", "credential", null)]
    [InlineData("GET", "connection", null)]
    public async Task Of_a_fagsystem_that_there_is_not_they_are_a_404(string method, string path, string? body) =>
        await (await _delivering.Server.CallAsync(method, $"fagsystemer/intet/{path}", body)).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);

    [Fact]
    public async Task Who_set_it_and_removed_it_is_in_the_audit_trail_without_it()
    {
        using var certificate = _certificates.Client();
        await _delivering.Server.Fagsystemer.SetFagsystemCredentialAsync(new FagsystemCredential { Scheme = "Holder-of-key", Token = Token }, Delivering.Key, "Bente");
        await _delivering.Server.Fagsystemer.SetFagsystemCredentialAsync(new FagsystemCredential { Pkcs12 = _certificates.Pkcs12(certificate) }, Delivering.Key, "Bente");
        await _delivering.Server.Fagsystemer.RemoveFagsystemCredentialAsync(Delivering.Key, "Karen");
        await _delivering.Server.Fagsystemer.RemoveFagsystemCredentialAsync(Delivering.Key, "Karen");

        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        (await _delivering.Server.Audit.FindAuditEntriesAsync(fagsystem: Delivering.Key)).Result.Entries.Take(3).Select(entry => (entry.Actor, entry.Action, entry.Detail)).ShouldBe(
        [
            ("Karen", AuditAction.CREDENTIAL_REMOVED, $"ClientCertificate {thumbprint}"),
            ("Bente", AuditAction.CREDENTIAL_SET, $"a client certificate, SHA-256 thumbprint {thumbprint}"),
            ("Bente", AuditAction.CREDENTIAL_SET, "a token of the scheme Holder-of-key"),
        ]);
    }

    private async Task SetAsync(FagsystemCredential credential) => await _delivering.Server.Fagsystemer.SetFagsystemCredentialAsync(credential, Delivering.Key);

    /// <summary>Sends a message, and returns what the fagsystem was asked.</summary>
    private async Task<StandInCall> SendAsync()
    {
        var memo = new TestMemo();
        (await _delivering.PostAsync(memo)).Status.ShouldBe((int)HttpStatusCode.OK);
        return _delivering.Calls.Single(call => call.MessageUuid == memo.Uuid);
    }

    /// <summary>All that the administration says.</summary>
    private async Task<string> EverythingAsync()
    {
        var text = new StringBuilder();
        foreach (var path in new[] { "fagsystemer", $"fagsystemer/{Delivering.Key}", $"fagsystemer/{Delivering.Key}/connection", $"fagsystemer/{Delivering.Key}/credential", "audit", "messages" })
        {
            using var response = await _delivering.Server.Client.GetAsync(path);
            text.Append(await response.Content.ReadAsStringAsync());
        }

        return text.ToString();
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
