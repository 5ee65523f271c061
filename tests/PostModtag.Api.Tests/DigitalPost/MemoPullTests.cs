using Microsoft.AspNetCore.Http;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Api.Tests.Outbox;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.DigitalPost;

/// <summary>Where it is configured, messages are fetched from Digital Post and go the way of those that are pushed.</summary>
[Operation("ReceiveMessage")]
public sealed class MemoPullTests : IAsyncLifetime
{
    private StandInDigitalPost _digitalPost = null!;
    private Delivering _delivering = null!;

    public async Task InitializeAsync()
    {
        _digitalPost = await StandInDigitalPost.StartAsync();
        _delivering = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _delivering.DisposeAsync();
        await _digitalPost.DisposeAsync();
    }

    [Fact]
    public async Task Each_is_fetched_delivered_told_and_then_deleted_over_all_pages()
    {
        var memos = Enumerable.Range(0, 8).Select(_ => new TestMemo()).ToList();
        memos.ForEach(_digitalPost.Offer);

        await GoneAsync();

        _delivering.Calls.Select(call => call.MessageUuid).Order().ShouldBe(memos.Select(memo => memo.Uuid).Order());
        foreach (var memo in memos)
        {
            (await _delivering.Server.Client.GetByteArrayAsync($"messages/{memo.Uuid}/xml")).ShouldBe(memo.ToBytes());
            var calls = _digitalPost.Calls.Where(call => call.Contains(memo.MessageUuid, StringComparison.Ordinal)).ToList();
            calls.ShouldBe([$"GET memos/{memo.Uuid}", $"POST memos/{memo.Uuid}/receipt", $"DELETE memos/{memo.Uuid}"]);
        }

        _digitalPost.Receipts.ShouldAllBe(receipt => receipt.ReceiptStatus == "COMPLETED");
    }

    [Fact]
    public async Task A_rejection_is_told_and_the_message_deleted_too()
    {
        var memo = new TestMemo { RecipientId = "1" };
        _digitalPost.Offer(memo);
        await GoneAsync();

        _digitalPost.Receipts.ShouldHaveSingleItem().ReceiptStatus.ShouldBe("INVALID");
        (await _delivering.GetAsync(memo)).Receipt!.ReceiptStatus.ShouldBe("INVALID");
    }

    [Fact]
    public async Task What_is_not_decided_stays_there_and_is_fetched_again_for_the_same_fagsystem()
    {
        _delivering.Fagsystem.Answer = StandInAnswers.Status(503);
        var memo = new TestMemo();
        _digitalPost.Offer(memo);
        await _delivering.UntilCalledAsync();
        await RoundsAsync(3);
        _delivering.Calls.Count().ShouldBe(1);
        _digitalPost.Memos.ContainsKey(memo.Uuid).ShouldBeTrue();

        _delivering.Fagsystem.Answer = StandInAnswers.Accept;
        _delivering.Clock.Now += TimeSpan.FromSeconds(60);
        await GoneAsync();
        _delivering.Calls.Count().ShouldBe(2);
        _delivering.Calls.Select(call => call.Header("x-TransaktionsId")).Distinct().ShouldHaveSingleItem();
        _digitalPost.Receipts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_that_is_held_is_not_fetched_again_and_goes_when_it_is_decided()
    {
        await _delivering.Server.PublishAsync(Setup.Everything(Delivering.Key, WhenUndecided.HOLD));
        _delivering.Fagsystem.Answer = StandInAnswers.Json("RECEIVED");
        var memo = new TestMemo();
        _digitalPost.Offer(memo);
        await _delivering.UntilCalledAsync();
        await RoundsAsync(3);
        _digitalPost.Receipts.ShouldBeEmpty();
        _digitalPost.Calls.Count(call => call == $"GET memos/{memo.Uuid}").ShouldBe(1);

        _delivering.Fagsystem.Answer = StandInAnswers.Accept;
        _delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await GoneAsync();
        _digitalPost.Receipts.ShouldHaveSingleItem().ReceiptStatus.ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task Nothing_is_deleted_before_its_receipt_is_taken()
    {
        _digitalPost.AnswerWith(503, onlyTo: "/receipt");
        var memo = new TestMemo();
        _digitalPost.Offer(memo);
        await Eventually.BeSoAsync(() => !_digitalPost.Receipts.IsEmpty);
        await RoundsAsync(3);
        _digitalPost.Calls.ShouldAllBe(call => !call.StartsWith("DELETE", StringComparison.Ordinal));

        _digitalPost.Instead = null;
        _delivering.Clock.Now += TimeSpan.FromSeconds(1);
        await GoneAsync();
        _delivering.Calls.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_deletion_that_fails_is_tried_again_and_the_message_is_neither_delivered_nor_told_again()
    {
        _digitalPost.AnswerWith(500, onlyTo: "DELETE");
        var memo = new TestMemo();
        _digitalPost.Offer(memo);
        await Eventually.BeSoAsync(() => _digitalPost.Calls.Any(call => call.StartsWith("DELETE", StringComparison.Ordinal)));
        _digitalPost.Instead = null;
        await _delivering.RestartAsync();
        _delivering.Clock.Now += TimeSpan.FromSeconds(60);
        await GoneAsync();

        (_delivering.Calls.Count(), _digitalPost.Receipts.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task One_that_was_pushed_before_is_told_if_it_was_not_and_deleted()
    {
        await using var digitalPost = await StandInDigitalPost.StartAsync();
        await using var delivering = await Delivering.StartAsync();
        var memo = new TestMemo();
        await delivering.PostAsync(memo);
        digitalPost.Offer(memo);

        await delivering.RestartAsync(settings: Settings(digitalPost.Url));
        await Eventually.BeSoAsync(() => digitalPost.Memos.IsEmpty);

        delivering.Calls.Count().ShouldBe(1);
        digitalPost.Receipts.ShouldHaveSingleItem().ReceiptStatus.ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task Other_content_under_a_messageUUID_that_is_known_is_refused_and_stays_there()
    {
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);
        _digitalPost.Offer(new TestMemo { MessageUuid = memo.MessageUuid, Label = "Noget andet" });
        await LoggedAsync(146);
        await Eventually.BeSoAsync(() => !_digitalPost.Receipts.IsEmpty);
        await RoundsAsync(2);

        _digitalPost.Memos.Count.ShouldBe(1);
        (await _delivering.GetAsync(memo)).RefusedCopies.ShouldHaveSingleItem();
        _digitalPost.Receipts.ShouldHaveSingleItem().ReceiptStatus.ShouldBe("COMPLETED");
    }

    [Theory]
    [InlineData("<html><body>Proxy</body></html>")]
    [InlineData("no xml")]
    [InlineData(null)]
    public async Task What_is_no_message_or_another_one_stays_there_and_holds_up_no_other(string? body)
    {
        var (bad, good) = (Guid.NewGuid(), new TestMemo());
        var other = new TestMemo();
        _digitalPost.Memos[bad] = body is null ? other.ToBytes() : System.Text.Encoding.UTF8.GetBytes(body);
        await LoggedAsync(143);
        _digitalPost.Offer(good);
        await Eventually.BeSoAsync(() => _digitalPost.Memos.Count == 1);

        _digitalPost.Memos.ContainsKey(bad).ShouldBeTrue();
        _digitalPost.Receipts.ShouldHaveSingleItem().MessageUuid.ShouldBe(good.Uuid);
        _delivering.Server.Log.Lines.Count(line => line.Contains("[143]", StringComparison.Ordinal)).ShouldBe(1);
        using var known = await _delivering.Server.Client.GetAsync($"messages/{other.Uuid}");
        known.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task One_that_breaks_off_on_the_way_is_kept_in_no_part_and_fetched_again()
    {
        var memo = new TestMemo();
        _digitalPost.Instead = async (context, call) =>
        {
            if (call != $"GET memos/{memo.Uuid}")
                return false;
            var bytes = memo.ToBytes();
            (context.Response.ContentType, context.Response.ContentLength) = ("application/xml", bytes.Length);
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return true;
        };
        _digitalPost.Offer(memo);
        await LoggedAsync(142, 144);
        using (var known = await _delivering.Server.Client.GetAsync($"messages/{memo.Uuid}"))
            known.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        _digitalPost.Instead = null;
        _delivering.Clock.Now += TimeSpan.FromSeconds(60);
        await GoneAsync();
        _delivering.Calls.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(503, 140)]
    [InlineData(401, 141)]
    [InlineData(404, 141)]
    public async Task While_the_list_does_not_come_it_is_asked_for_again(int status, int logged)
    {
        _digitalPost.AnswerWith(status);
        var memo = new TestMemo();
        _digitalPost.Offer(memo);
        await LoggedAsync(logged);

        _digitalPost.Instead = null;
        await GoneAsync();
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_no_empty_list()
    {
        _digitalPost.Instead = async (context, call) =>
        {
            await context.Response.WriteAsync("<html></html>");
            return true;
        };
        await LoggedAsync(140);
        _delivering.Server.Log.Lines.ShouldContain(line => line.Contains("[140]", StringComparison.Ordinal) && line.Contains("Unreadable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_fagsystem_delays_no_message_for_another()
    {
        await using var slow = await StandInFagsystem.StartAsync();
        slow.Answer = StandInAnswers.Hang;
        await _delivering.Server.RegisterRestAsync("langsom", slow.Url, maxConcurrency: 4);
        await _delivering.Server.PublishAsync(Setup.Rules(Setup.Rule("Langsom", "langsom", Setup.When("label", ConditionOperator.Equals, "Langsom")), Setup.Rule("Alt", Delivering.Key)));
        var slowOnes = Enumerable.Range(0, 40).Select(_ => new TestMemo { Label = "Langsom" }).ToList();
        slowOnes.ForEach(_digitalPost.Offer);
        var memos = Enumerable.Range(0, 5).Select(_ => new TestMemo()).ToList();
        memos.ForEach(_digitalPost.Offer);

        await _delivering.UntilCalledAsync(5);
        await Eventually.BeSoAsync(() => slow.Calls.Count >= 4);
    }

    [Fact]
    public async Task It_is_off_unless_it_is_asked_for()
    {
        await using var digitalPost = await StandInDigitalPost.StartAsync();
        await using var delivering = await Delivering.StartAsync(settings: ReceiptRelayTests.Settings(digitalPost.Url));
        digitalPost.Offer(new TestMemo());
        var pushed = new TestMemo();
        await delivering.PostAsync(pushed);
        await delivering.UntilAsync(pushed, message => message.Outbox[0].State == OutboxState.TAKEN);

        digitalPost.Calls.ShouldBe([$"POST memos/{pushed.Uuid}/receipt"]);
    }

    private static string[] Settings(string url) => [.. ReceiptRelayTests.Settings(url), "--PostModtag:DigitalPost:Timeout=00:00:20", "--PostModtag:DigitalPost:Pull=true", "--PostModtag:DigitalPost:PullInterval=00:00:00.1"];

    private Task<Delivering> StartAsync() => Delivering.StartAsync(settings: Settings(_digitalPost.Url));

    /// <summary>Waits until Digital Post has nothing left. Time goes on meanwhile: what failed once, on a busy machine, is tried again.</summary>
    private Task GoneAsync() => Eventually.BeSoAsync(() =>
    {
        if (_digitalPost.Memos.IsEmpty)
            return true;
        _delivering.Clock.Now += TimeSpan.FromMilliseconds(100);
        return false;
    });

    private Task LoggedAsync(params int[] any) => Eventually.BeSoAsync(() => _delivering.Server.Log.Lines.Any(line => any.Any(id => line.Contains($"[{id}]", StringComparison.Ordinal))));

    /// <summary>Waits until the list has been asked for that often again.</summary>
    private Task RoundsAsync(int count)
    {
        var until = _digitalPost.Calls.Count(call => call == "GET memos/") + count;
        return Eventually.BeSoAsync(() => _digitalPost.Calls.Count(call => call == "GET memos/") >= until);
    }
}
