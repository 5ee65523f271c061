using PostModtag.Api.Tests.Outbox;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Nodes;

/// <summary>Three servers on one PostgreSQL tell others what one server would have told them.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class OutboxNodesTests : IAsyncLifetime
{
    private readonly string _database = TestDatabase.Create();
    private readonly List<TestServer> _nodes = [];
    private StandInDigitalPost _digitalPost = null!;
    private StandInFagsystem _archive = null!;

    public async Task InitializeAsync()
    {
        _digitalPost = await StandInDigitalPost.StartAsync();
        _archive = await StandInFagsystem.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            _nodes.Add(await TestServer.StartAsync(settings:
            [
                $"--PostModtag:PostgreSql={_database}", .. ReceiptRelayTests.Settings(_digitalPost.Url), "--PostModtag:DigitalPost:Timeout=00:00:20",
                "--PostModtag:DigitalPost:Pull=true", "--PostModtag:DigitalPost:PullInterval=00:00:00.1",
            ]));
        }

        await _nodes[0].RegisterRestAsync("arkiv", _archive.Url);
        await _nodes[0].RegisterAsync("sager");
        await _nodes[0].ChangeFagsystemAsync("sager", change => change.HandOnTo = ["arkiv"]);
        await _nodes[0].PublishAsync(Setup.Everything("sager"));
    }

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        await _digitalPost.DisposeAsync();
        await _archive.DisposeAsync();
    }

    [Fact]
    public async Task Each_receipt_is_told_once_and_in_order_and_each_copy_sent_once_whichever_node_decided()
    {
        var memos = Enumerable.Range(0, 30).Select(_ => new TestMemo()).ToList();
        for (var i = 0; i < memos.Count; i++)
            (await _nodes[i % 3].ReceiveAsync(memos[i])).Summary.State.ShouldBe(MessageState.ACCEPTED);

        await Eventually.BeSoAsync(() => _digitalPost.Receipts.Count >= memos.Count && _archive.Calls.Count >= memos.Count);
        foreach (var memo in memos)
            await UntilToldAsync(memo);

        _digitalPost.Receipts.Select(receipt => receipt.MessageUuid).ShouldBe(memos.Select(memo => memo.Uuid));
        _archive.Calls.Select(call => call.MessageUuid).Order().ShouldBe(memos.Select(memo => memo.Uuid).Order());
    }

    [Fact]
    public async Task What_one_fetches_no_other_fetches_and_when_one_stops_another_goes_on()
    {
        var memos = Enumerable.Range(0, 6).Select(_ => new TestMemo()).ToList();
        memos.ForEach(_digitalPost.Offer);
        await Eventually.BeSoAsync(() => _digitalPost.Memos.IsEmpty);
        foreach (var memo in memos)
            _digitalPost.Calls.Count(call => call == $"GET memos/{memo.Uuid}").ShouldBeInRange(1, 3);
        _archive.Calls.Select(call => call.MessageUuid).Distinct().Count().ShouldBe(_archive.Calls.Count);
        _digitalPost.Receipts.Select(receipt => receipt.MessageUuid).Order().ShouldBe(memos.Select(memo => memo.Uuid).Order());

        await _nodes[0].DisposeAsync();
        _nodes.RemoveAt(0);
        var next = new TestMemo();
        _digitalPost.Offer(next);
        await Eventually.BeSoAsync(() => _digitalPost.Memos.IsEmpty);
        (await _nodes[0].Messages.GetMessageAsync(next.Uuid)).Result.Summary.State.ShouldBe(MessageState.ACCEPTED);
    }

    private async Task UntilToldAsync(TestMemo memo)
    {
        await Eventually.BeSoAsync(async () => (await _nodes[0].Messages.GetMessageAsync(memo.Uuid)).Result.Outbox.All(entry => entry.State == OutboxState.TAKEN));
    }
}
