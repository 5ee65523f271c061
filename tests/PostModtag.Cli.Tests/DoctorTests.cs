using System.Text.Json;

namespace PostModtag.Cli.Tests;

/// <summary>The doctor says in a sentence each what is wrong and how to mend it, and so does the server when it starts.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("postmodtag-doctor-").FullName;

    private string DataFolder => Path.Combine(_parent, "data");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_machine_that_is_ready_is_said_to_be()
    {
        var (code, output, error) = await Running.RunAsync(["doctor", .. Running.For(DataFolder)]);
        (code, error).ShouldBe((0, ""));
        output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line[..22].TrimEnd()).Order(StringComparer.Ordinal).ShouldBe(
            ["ok      addresses", "ok      certificates", "ok      clock", "ok      database", "ok      disk"]);
        output.ShouldContain("SQLite; there is none yet, and the first start makes it");
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_server_that_runs_may_be_looked_at()
    {
        await using var server = await TestServer.StartAsync(dataFolder: DataFolder);
        await server.PostAsync(new TestMemo().ToBytes());
        (await Running.RunAsync(["doctor", .. Running.For(DataFolder)])).Output.ShouldContain("SQLite, 1 messages");
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_clock_that_went_back_is_said()
    {
        await using (var server = await TestServer.StartAsync(dataFolder: DataFolder))
            await server.PostAsync(new TestMemo().ToBytes());
        TestDatabase.Execute(DataFolder, $"""UPDATE "Messages" SET "ReceivedAt" = {DateTimeOffset.UtcNow.AddDays(2).ToUnixTimeMilliseconds()}""");

        var (code, output, _) = await Running.RunAsync(["doctor", "--json", .. Running.For(DataFolder)]);
        code.ShouldBe(1);
        var clock = JsonDocument.Parse(output).RootElement.EnumerateArray().Single(finding => finding.GetProperty("subject").GetString() == "database");
        clock.GetProperty("level").GetString().ShouldBe("wrong");
        clock.GetProperty("sentence").GetString()!.ShouldEndWith(" UTC: it is wrong, or was. Set it, and keep it right with NTP.");

        // The server starts all the same, and says it too.
        await using var again = await TestServer.StartAsync(dataFolder: DataFolder);
        again.Log.Lines.ShouldContain(line => line.Contains("[330]", StringComparison.Ordinal) && line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("The clock says", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_folder_that_takes_no_file_and_an_address_that_is_open_are_fatal()
    {
        await File.WriteAllTextAsync(DataFolder, "a file in the way");
        var settings = Path.Combine(_parent, "appsettings.json");
        await File.WriteAllTextAsync(settings, $$"""{ "urls": "http://0.0.0.0:5606", "PostModtag": { "DataFolder": "{{DataFolder}}" } }""");

        var (code, output, _) = await Running.RunAsync("doctor", "--settings", settings);

        code.ShouldBe(1);
        output.ShouldContain($"fatal   disk          The data folder {DataFolder} takes no file: ");
        output.ShouldContain("fatal   addresses     http://0.0.0.0:5606 is an address that others can reach, and nobody is named who may come in.");
    }

    [Theory]
    [Trait("Database", "SQLite")]
    [InlineData("MaxMessageBytes=1", "PostModtag:MaxMessageBytes must be a number of bytes from 1000 to 1000000000, such as 99500000.")]
    [InlineData("Nonsense=1", "A setting under PostModtag is not known, or has a value of the wrong kind: ")]
    public async Task Settings_that_are_wrong_are_said_first(string setting, string sentence)
    {
        var (code, output, error) = await Running.RunAsync("doctor", "--set", setting);
        (code, output).ShouldBe((1, ""));
        error.ShouldStartWith(sentence);
    }

    [Fact]
    [Trait("Database", "PostgreSQL")]
    public async Task A_database_that_keeps_nothing_through_a_power_cut_is_wrong_and_one_that_does_not_answer_is_fatal()
    {
        var (code, output, _) = await Running.RunAsync(["doctor", .. Running.For(DataFolder)]);
        code.ShouldBe(1);
        output.ShouldContain("wrong   database      PostgreSQL's fsync, full_page_writes or synchronous_commit is off: ");

        using var port = new ClosedPort();
        var down = await Running.RunAsync("doctor", "--set", $"DataFolder={DataFolder}", "--set", $"PostgreSql=Host=127.0.0.1;Port={port.Number};Database=x;Username=x;Timeout=2");
        down.Code.ShouldBe(1);
        down.Output.ShouldContain("fatal   database      The database x on 127.0.0.1 does not answer: ");
    }
}
