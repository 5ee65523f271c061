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

        response.TransactionId().ShouldBe(transaction.ToString());
        (await _server.Messages.GetMessageAsync(memo.Uuid)).Result.TransactionId.ShouldBe(transaction);
        _server.Log.Lines.ShouldContain(line => line.Contains("ReceiveMessage answered 200 COMPLETED") && line.Contains(transaction.ToString()));
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
