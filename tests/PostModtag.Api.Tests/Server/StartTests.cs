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

    [Fact]
    public async Task An_address_that_others_can_reach_is_warned_of()
    {
        await using var open = await TestServer.StartAsync(settings: "--urls=http://0.0.0.0:0");
        open.Log.Lines.ShouldContain(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("lets everyone in", StringComparison.Ordinal));

        await using var closed = await TestServer.StartAsync();
        closed.Log.Lines.ShouldNotContain(line => line.Contains("lets everyone in", StringComparison.Ordinal));
    }

    private ServerProcess Start(params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["PostModtag__DataFolder"] = _folder };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.dll"), environment);
    }
}
