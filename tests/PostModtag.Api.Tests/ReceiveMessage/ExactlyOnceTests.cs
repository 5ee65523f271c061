using System.Net;
using PostModtag.Application.Fagsystemer;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

[Operation("ReceiveMessage")]
public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(_script.Register);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_same_message_again_gets_the_same_receipt_and_the_fagsystem_is_not_asked_again()
    {
        var body = new TestMemo().ToBytes();
        var first = await ReceiptAsync(body);
        var again = await ReceiptAsync(body);

        again.ShouldBe(first);
        _script.Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_receipt_is_given_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("postmodtag-").FullName;
        try
        {
            var memo = new TestMemo();
            byte[] first;
            await using (var server = await TestServer.StartAsync(_script.Register, folder))
                first = await ReceiptAsync(memo.ToBytes(), server);
            await using (var server = await TestServer.StartAsync(_script.Register, folder))
                (await ReceiptAsync(memo.ToBytes(), server)).ShouldBe(first);
            _script.Deliveries.Count.ShouldBe(1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Other_content_under_the_same_messageUUID_is_refused_and_the_first_message_is_untouched()
    {
        var memo = new TestMemo();
        var first = await ReceiptAsync(memo.ToBytes());
        var other = new TestMemo { MessageUuid = memo.MessageUuid, Label = "En anden" };

        using var refused = await _server.PostAsync(other.ToBytes(), "application/json");
        using var refusedAgain = await _server.PostAsync(other.ToBytes(), "application/json");

        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        var receipt = await refused.JsonAsync();
        receipt.Text("receiptStatus").ShouldBe("NOT_ALLOWED");
        receipt.Text("errorCode").ShouldBe("MESSAGE_UUID_REUSED");
        (await refusedAgain.Content.ReadAsByteArrayAsync()).ShouldBe(await refused.Content.ReadAsByteArrayAsync());
        (await ReceiptAsync(memo.ToBytes())).ShouldBe(first);
        _script.Deliveries.Count.ShouldBe(1);
        var kept = (await _server.Messages.GetMessageAsync(memo.Uuid)).Result;
        kept.Summary.Label.ShouldBe(memo.Label);
        kept.RefusedCopies.Single().Receipt.TransmissionId.ToString().ShouldBe(receipt.Text("transmissionId"));
    }

    [Fact]
    public async Task The_letter_case_of_the_messageUUID_does_not_make_another_message()
    {
        var memo = new TestMemo();
        await ReceiptAsync(memo.ToBytes());
        await ReceiptAsync(new TestMemo { MessageUuid = memo.MessageUuid.ToUpperInvariant() }.ToBytes());

        (await _server.Messages.FindMessagesAsync()).Result.Messages.Count.ShouldBe(1);
        _script.Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_at_once_are_one_delivery_and_a_hundred_equal_receipts()
    {
        var body = new TestMemo().ToBytes();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ReceiptAsync(body)));

        answers.ShouldAllBe(answer => answer.SequenceEqual(answers[0]));
        _script.Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Different_messages_do_not_wait_for_each_other()
    {
        var inside = new SemaphoreSlim(0);
        var open = new TaskCompletionSource();
        _script.Answer = async (_, _) =>
        {
            inside.Release();
            await open.Task;
            return FagsystemAnswer.Accept();
        };
        var first = ReceiptAsync(new TestMemo().ToBytes());
        var second = ReceiptAsync(new TestMemo().ToBytes());

        // Both are inside the fagsystem before either has been answered.
        (await inside.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        (await inside.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        open.SetResult();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_message_that_was_undecided_is_decided_when_it_is_sent_again_by_the_same_fagsystem_under_the_same_transaction()
    {
        var memo = new TestMemo();
        var transaction = Guid.NewGuid();
        _script.Answer = (_, _) => throw new TimeoutException();
        using var undecided = await _server.PostAsync(memo.ToBytes(), transactionId: transaction.ToString());
        undecided.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var waiting = (await _server.Messages.GetMessageAsync(memo.Uuid)).Result;
        waiting.Summary.State.ShouldBe(MessageState.RECEIVED);
        waiting.Receipt.ShouldBeNull();

        _script.Answer = (_, _) => Task.FromResult(FagsystemAnswer.Accept());
        using var decided = await _server.PostAsync(memo.ToBytes());

        decided.StatusCode.ShouldBe(HttpStatusCode.OK);
        _script.Deliveries.Select(delivery => (delivery.MessageUuid, delivery.TransactionId)).Distinct().ShouldBe([(memo.Uuid, transaction)]);
        (await _server.Messages.GetMessageAsync(memo.Uuid)).Result.Summary.State.ShouldBe(MessageState.ACCEPTED);
    }

    [Fact]
    public async Task An_invalid_message_again_gets_the_same_rejection()
    {
        var body = new TestMemo { Label = new string('x', 300) }.ToBytes();
        (await ReceiptAsync(body)).ShouldBe(await ReceiptAsync(body));
    }

    private async Task<byte[]> ReceiptAsync(byte[] body, TestServer? server = null)
    {
        using var response = await (server ?? _server).PostAsync(body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
