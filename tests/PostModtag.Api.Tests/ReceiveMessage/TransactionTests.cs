using System.Net;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

[Operation("ReceiveMessage")]
public sealed class TransactionTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_callers_transaction_is_echoed_kept_and_on_every_line_of_the_log()
    {
        var memo = new TestMemo();
        var transaction = Guid.NewGuid();
        using var response = await _server.PostAsync(memo.ToBytes(), transactionId: transaction.ToString().ToUpperInvariant());

        response.TransactionId().ShouldBe(transaction.ToString().ToUpperInvariant());
        (await _server.Messages.GetMessageAsync(memo.Uuid)).Result.TransactionId.ShouldBe(transaction);
        _server.Log.Lines.ShouldContain(line => line.Contains("ReceiveMessage answered 200 COMPLETED") && line.Contains(transaction.ToString()));
    }

    [Fact]
    public async Task Every_line_that_the_server_prints_of_a_call_has_its_transaction()
    {
        var folder = Directory.CreateTempSubdirectory("postmodtag-log-");
        using (var process = ServerProcess.Start(
            Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.dll"),
            new Dictionary<string, string>(TestDatabase.EnvironmentFor(folder.FullName)) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["PostModtag__DataFolder"] = folder.FullName }))
        {
            using var client = new HttpClient { BaseAddress = await process.ListeningAsync() };
            Directory.Delete(Path.Combine(folder.FullName, "incoming"));
            var transaction = Guid.NewGuid().ToString();
            using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(new TestMemo { Files = { ("stor.txt", "text/plain", new byte[300_000]) } }.ToBytes()) };
            request.Content.Headers.ContentType = new("application/xml");
            request.Headers.Add("x-TransaktionsId", transaction);
            using var response = await client.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

            var lines = await process.LinesAsync(until: "ReceiveMessage answered 503");
            // What the server says of itself belongs to no call: what it found at its start, and that it listens for changes of the set-up.
            var ofCalls = lines.Where(line => line.Contains(": PostModtag.", StringComparison.Ordinal)
                && !line.Contains("SetupListener", StringComparison.Ordinal)
                && !line.Contains("StartChecks", StringComparison.Ordinal)).ToList();
            ofCalls.Count.ShouldBeGreaterThanOrEqualTo(2);
            ofCalls.ShouldAllBe(line => line.Contains(transaction));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_transaction_is_made_when_the_caller_has_none()
    {
        using var first = await _server.PostAsync(new TestMemo().ToBytes());
        using var second = await _server.PostAsync(new TestMemo().ToBytes());

        Guid.Parse(first.TransactionId()).ShouldNotBe(Guid.Parse(second.TransactionId()));
    }

    [Theory]
    [InlineData("<x/>", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task It_is_echoed_on_problems_too(string body, HttpStatusCode status)
    {
        var transaction = Guid.NewGuid().ToString();
        using var response = await _server.PostAsync(System.Text.Encoding.UTF8.GetBytes(body), transactionId: transaction);

        response.StatusCode.ShouldBe(status);
        response.TransactionId().ShouldBe(transaction);
    }
}
