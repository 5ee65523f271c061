using System.Net;
using System.Net.Sockets;

namespace PostModtag.Conformance.Tests;

/// <summary>Our own server passes every case; one that does a thing wrong fails those cases that say so, and no case is unable to fail.</summary>
public sealed class ConformanceTests(OwnServer own) : IClassFixture<OwnServer>
{
    private const string Receipt = """{"transmissionId":"TRANSMISSION","messageUUID":"00000000-0000-4000-8000-000000000000","messageId":null,"errorCode":null,"errorMessage":null,"timeStamp":"2020-01-01T00:00:00.000Z","receiptStatus":"COMPLETED"}""";

    private static readonly IReadOnlyList<ConformanceCase> Short = [.. ConformanceRun.Cases.Where(each => !each.IsLong)];

    [Fact]
    public async Task Our_own_server_passes_all_of_them()
    {
        var results = await ConformanceRun.RunAsync(own.Target(), ConformanceRun.Cases, null, CancellationToken.None);

        results.Where(result => result.Outcome != CaseOutcome.Passed).Select(result => $"{result.Case.Id}: {result.Detail}").ShouldBeEmpty();
        results.Count.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task Without_titles_for_it_what_the_fagsystem_decides_is_skipped_and_says_what_to_give()
    {
        var target = new ConformanceTarget { Endpoint = own.Endpoint };

        var results = await ConformanceRun.RunAsync(target, Short.Where(each => each.Id.StartsWith("DECISION", StringComparison.Ordinal)), null, CancellationToken.None);

        results.ShouldAllBe(result => result.Outcome == CaseOutcome.Skipped);
        results.Select(result => result.Detail!).ShouldAllBe(detail => detail.Contains("--reject-label", StringComparison.Ordinal) || detail.Contains("--undecided-label", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_fails_always_fails_every_case()
    {
        await using var wrong = await WrongServer.StartAsync(own.Endpoint, async (context, _) =>
        {
            context.Response.StatusCode = 500;
            await context.Response.Body.FlushAsync();
            return true;
        }, null);

        var passed = (await RunAsync(wrong, Short)).Where(result => result.Outcome != CaseOutcome.Failed).Select(result => result.Case.Id);

        // What is no HTTP the wrong server's own Kestrel refuses.
        passed.ShouldBe(["BROKEN-04"]);
    }

    [Theory]
    [InlineData("BROKEN-04")]
    [InlineData("BROKEN-05")]
    public async Task One_that_answers_before_it_has_read_anything_is_found(string id)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var connection = await listener.AcceptTcpClientAsync();
            var stream = connection.GetStream();
            await stream.ReadExactlyAsync(new byte[1]);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"receiptStatus\":\"COMPLETED\"}"u8.ToArray());
        });
        var target = new ConformanceTarget { Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/PostModtag"), Patience = TimeSpan.FromSeconds(10) };

        var result = (await ConformanceRun.RunAsync(target, ConformanceRun.Cases.Where(each => each.Id == id), null, CancellationToken.None)).ShouldHaveSingleItem();

        await answering;
        (result.Outcome, result.Detail!.EndsWith("Came: 200 with the receipt COMPLETED.", StringComparison.Ordinal)).ShouldBe((CaseOutcome.Failed, true), result.Detail);
    }

    [Fact]
    public async Task One_that_accepts_everything_fails_what_must_be_rejected_or_refused()
    {
        await using var wrong = await WrongServer.StartAsync(own.Endpoint, async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Receipt.Replace("TRANSMISSION", Guid.NewGuid().ToString(), StringComparison.Ordinal)));
            return true;
        }, null);

        var failed = await FailedAsync(wrong, Short);

        failed.ShouldBeSubsetOf(Short.Select(each => each.Id));
        var passed = Short.Select(each => each.Id).Except(failed).ToList();
        passed.Where(id => !id.StartsWith("VALID-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(
            ["ACCEPT-03", "BROKEN-01", "BROKEN-02", "BROKEN-03", "BROKEN-04", "HEADER-05", "HOSTILE-08", "HOSTILE-09", "MEDIA-01", "MEDIA-02", "MEDIA-03", "RECEIPT-01"]);
    }

    [Fact]
    public async Task One_that_rejects_everything_fails_every_valid_message()
    {
        await using var wrong = await WrongServer.StartAsync(own.Endpoint, async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Receipt.Replace("\"errorCode\":null", "\"errorCode\":\"X\"", StringComparison.Ordinal).Replace("COMPLETED", "INVALID", StringComparison.Ordinal)));
            return true;
        }, null);

        var failed = await FailedAsync(wrong, Short);

        failed.Count(id => id.StartsWith("VALID-", StringComparison.Ordinal)).ShouldBe(Examples.Valid.Count);
        failed.Count(id => id.StartsWith("INVALID-", StringComparison.Ordinal)).ShouldBe(Examples.Invalid.Count);
    }

    public static TheoryData<string, string[]> Faults => new()
    {
        { "an errorCode that is empty and not null", ["RECEIPT-01"] },
        { "a property too many", ["RECEIPT-01"] },
        { "a time that is not UTC", ["RECEIPT-04"] },
        { "another receipt each time", ["DECISION-02", "DUPLICATE-01", "DUPLICATE-02", "DUPLICATE-03", "DUPLICATE-05"] },
        { "JSON when nothing is asked for", ["ACCEPT-01", "ACCEPT-02"] },
        { "no transaction", ["HEADER-01", "HEADER-02"] },
        { "a transaction of its own", ["HEADER-01"] },
        { "no Retry-After", ["DECISION-03"] },
        { "problems as plain JSON", ["PROBLEM-01"] },
        { "a value of the message in the text", ["RECEIPT-08"] },
        { "Fejl with an accepted message", ["RECEIPT-05"] },
        { "another code for the rejected", ["DECISION-01"] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task One_thing_wrong_is_found_by_the_cases_that_are_about_it(string fault, string[] expected)
    {
        await using var wrong = await WrongServer.StartAsync(own.Endpoint, null, answer => Change(answer, fault));

        (await FailedAsync(wrong, Short.Where(each => !each.Id.StartsWith("VALID-", StringComparison.Ordinal) && !each.Id.StartsWith("INVALID-", StringComparison.Ordinal)))).Order(StringComparer.Ordinal).ShouldBe(expected);
    }

    [Theory]
    [InlineData(-1, "SIZE-01")]
    [InlineData(1, "SIZE-02", "SIZE-03")]
    public async Task A_limit_that_is_a_byte_off_is_found(int off, params string[] expected)
    {
        await using var server = await TestServer.StartAsync(settings: [$"--PostModtag:MaxMessageBytes={200_000 + off}"]);
        var target = new ConformanceTarget { Endpoint = new Uri(server.Address, "PostModtag"), MaxMessageBytes = 200_000 };

        var results = await ConformanceRun.RunAsync(target, ConformanceRun.Cases.Where(each => each.Id.StartsWith("SIZE", StringComparison.Ordinal)), null, CancellationToken.None);

        results.Where(result => result.Outcome == CaseOutcome.Failed).Select(result => result.Case.Id).ShouldBe(expected);
    }

    [Fact]
    public void Each_case_has_a_name_of_its_own_and_says_what_it_holds_the_endpoint_to()
    {
        ConformanceRun.Cases.Select(each => each.Id).ShouldBeUnique();
        ConformanceRun.Cases.ShouldAllBe(each => each.Title.Length > 0 && each.Sentence.EndsWith('.') && each.Source.Length > 0);
    }

    private static void Change(RightAnswer answer, string fault)
    {
        var isAccepted = answer.Body.Contains("\"COMPLETED\"", StringComparison.Ordinal);
        switch (fault)
        {
            case "an errorCode that is empty and not null" when isAccepted:
                answer.Body = answer.Body.Replace("\"errorCode\":null", "\"errorCode\":\"\"", StringComparison.Ordinal);
                break;
            case "a property too many" when isAccepted:
                answer.Body = answer.Body.Replace("{", "{\"x\":1,", StringComparison.Ordinal);
                break;
            case "a time that is not UTC":
                answer.Body = System.Text.RegularExpressions.Regex.Replace(answer.Body, "(\"timeStamp\":\"[^\"]*)Z\"", "$1+00:00\"");
                break;
            case "another receipt each time" when answer.Headers["Content-Type"].StartsWith("application/json", StringComparison.Ordinal):
                answer.Body += new string(' ', Random.Shared.Next(1, 100_000));
                break;
            case "JSON when nothing is asked for" when answer.Accept is "" or "*/*":
                answer.Headers["Content-Type"] = "application/json";
                break;
            case "no transaction":
                answer.Headers.Remove("x-TransaktionsId");
                break;
            case "a transaction of its own":
                answer.Headers["x-TransaktionsId"] = Guid.NewGuid().ToString();
                break;
            case "no Retry-After":
                answer.Headers.Remove("Retry-After");
                break;
            case "problems as plain JSON" when answer.Status >= 400:
                answer.Headers["Content-Type"] = "application/json";
                break;
            case "a value of the message in the text" when answer.Message.Contains("Planteret-4711", StringComparison.Ordinal):
                answer.Body = answer.Body.Replace("\"errorMessage\":\"", "\"errorMessage\":\"Planteret-4711 ", StringComparison.Ordinal);
                break;
            case "Fejl with an accepted message":
                answer.Body = answer.Body.Replace("<AdvisTekst>COMPLETED</AdvisTekst>", "<AdvisTekst>RECEIVED</AdvisTekst>", StringComparison.Ordinal);
                break;
            case "another code for the rejected" when answer.Message.Contains(OwnServer.Rejected, StringComparison.Ordinal):
                answer.Body = answer.Body.Replace("REJECTED_BY_FAGSYSTEM", "SCHEMA_VIOLATION", StringComparison.Ordinal);
                break;
        }
    }

    private Task<IReadOnlyList<CaseResult>> RunAsync(WrongServer wrong, IEnumerable<ConformanceCase> cases) => ConformanceRun.RunAsync(own.Target(wrong.Endpoint), cases, null, CancellationToken.None);

    private async Task<IReadOnlyList<string>> FailedAsync(WrongServer wrong, IEnumerable<ConformanceCase> cases) =>
        [.. (await RunAsync(wrong, cases)).Where(result => result.Outcome == CaseOutcome.Failed).Select(result => result.Case.Id)];
}
