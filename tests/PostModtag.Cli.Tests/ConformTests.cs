namespace PostModtag.Cli.Tests;

/// <summary>The conformance run, as a vendor has it made.</summary>
public sealed class ConformTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-conform-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Cases_are_tried_told_and_reported_in_each_form()
    {
        await using var server = await TestServer.StartAsync();
        string[] files = [.. new[] { "html", "json", "xml", "txt" }.Select(ending => Path.Combine(_folder, $"rapport.{ending}"))];

        var (code, output, error) = await Running.RunAsync(["conform", $"{server.Address}PostModtag", "--only", "receipt", .. files.SelectMany(file => new[] { "--report", file })]);

        (code, error).ShouldBe((0, ""));
        output.ShouldStartWith("passed   RECEIPT-01: ");
        output.TrimEnd().ShouldEndWith("8 cases: 8 passed, 0 failed, 0 skipped.");
        files.ShouldAllBe(file => File.ReadAllText(file).Contains("RECEIPT-08", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_that_fails_a_case_ends_with_1()
    {
        await using var other = await StandInFagsystem.StartAsync();

        var (code, json) = await Running.JsonAsync("conform", other.Url, "--only", "MEDIA-04");

        code.ShouldBe(1);
        json.GetProperty("failed").GetInt32().ShouldBe(1);
        json.GetProperty("cases")[0].GetProperty("detail").GetString()!.ShouldStartWith("Sent a valid message as application/json. Expected 415 with the problem MEDIA_TYPE_NOT_SUPPORTED. Came: 200");
    }

    [Theory]
    [InlineData("--only", "NOTHING", "No case begins with NOTHING.")]
    [InlineData("--report", "rapport.pdf", "--report rapport.pdf must end in .html, .json, .xml or .txt.")]
    public async Task What_cannot_be_is_said_before_anything_is_sent(string option, string value, string sentence)
    {
        using var nobody = new ClosedPort();

        var (code, _, error) = await Running.RunAsync("conform", $"http://localhost:{nobody.Number}/PostModtag", option, value);

        (code, error.StartsWith(sentence, StringComparison.Ordinal)).ShouldBe((2, true), error);
    }
}
