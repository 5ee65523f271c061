using System.Globalization;
using System.Text.Json;

namespace PostModtag.Cli.Tests;

/// <summary>A Digital Post that a receiving system is tried with: it sends again, takes receipts, and gives up after seven days.</summary>
public sealed class SimulateTests
{
    private static readonly string Letter = Path.Combine(Examples.Folder, "valid", "kle-1.2.xml");

    [Fact]
    public async Task What_is_not_decided_is_pushed_again_until_it_is_and_not_before_it_may_be()
    {
        await using var system = await StandInFagsystem.StartAsync();
        system.Answer = async (call, answer) =>
        {
            if (system.Calls.Count < 3)
                await StandInAnswers.Status(503, "", "text/plain", ("Retry-After", "21600"))(call, answer);
            else
                await StandInAnswers.Accept(call, answer);
        };

        var begun = TimeProvider.System.GetTimestamp();
        var (code, output, error) = await Running.RunAsync("simulate", system.Url, Letter, "--day", "1");

        (code, error).ShouldBe((0, ""));
        output.ShouldStartWith($"COMPLETED   {Letter}: answered, pushed 3 times");
        output.TrimEnd().ShouldEndWith("1 messages: 1 with a final receipt, 0 without.");

        // Twice six hours, on a day that takes a second.
        TimeProvider.System.GetElapsedTime(begun).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.5));
        system.Calls.Select(call => call.MessageUuid).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_system_that_receives_nothing_for_seven_days_is_deactivated()
    {
        using var nobody = new ClosedPort();

        var (code, output, _) = await Running.RunAsync("simulate", $"http://localhost:{nobody.Number}/PostModtag", "--generate", "2", "--day", "0.2");

        code.ShouldBe(1);
        output.ShouldContain("the system was deactivated, pushed ");
        output.TrimEnd().ShouldEndWith("2 messages: 0 with a final receipt, 2 without. The system could receive nothing for seven days, and was deactivated.");
    }

    [Fact]
    public async Task A_message_that_is_held_has_the_receipt_that_is_relayed()
    {
        await using var system = await StandInFagsystem.StartAsync();
        system.Answer = StandInAnswers.Json("RECEIVED");
        var output = new StringWriter();
        var simulation = Tool.RunAsync(["simulate", system.Url, Letter, "--listen", "http://127.0.0.1:0"], TextWriter.Synchronized(output), TextWriter.Null);
        await Eventually.BeSoAsync(() => Task.FromResult(!system.Calls.IsEmpty));
        var address = output.ToString().Split('\n')[0]["Takes receipts at ".Length..].Trim();
        using var client = new HttpClient();

        (await PostAsync("""{"receiptStatus":"MÅSKE"}""")).ShouldBe(400);
        simulation.IsCompleted.ShouldBeFalse();
        (await PostAsync("""{"receiptStatus":"NOT_ALLOWED","errorCode":"X"}""")).ShouldBe(200);

        (await simulation).ShouldBe(0);
        output.ToString().ShouldContain($"NOT_ALLOWED {Letter}: relayed, pushed once");

        async Task<int> PostAsync(string receipt)
        {
            using var answer = await client.PostAsync(new Uri($"{address}apis/v1/memos/{system.Calls.First().MessageUuid}/receipt"), new StringContent(receipt));
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task What_is_no_call_is_not_pushed_again_and_each_message_is_a_line_of_JSON()
    {
        await using var server = await TestServer.StartAsync();

        var (code, output, _) = await Running.RunAsync("simulate", $"{server.Address}PostModtag", Letter, Path.Combine(Examples.Folder, "README.md"), "--json");

        code.ShouldBe(1);
        output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(each => (each.GetProperty("receiptStatus").GetString(), each.GetProperty("how").GetString(), each.GetProperty("times").GetInt32().ToString(CultureInfo.InvariantCulture))).Order()
            .ShouldBe([(null, "HTTP 400", "1"), ("COMPLETED", "answered", "1")]);
    }
}
