using System.Net;
using PostModtag.Application.Fagsystemer;
using PostModtag.Domain.Memo;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

[Operation("ReceiveMessage")]
public sealed class FagsystemTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(_script.Register);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task It_gets_the_header_the_files_as_streams_and_the_XML_byte_for_byte()
    {
        var memo = new TestMemo { Files = { ("bilag.bin", "image/png", [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)]) } };
        var transaction = Guid.NewGuid();
        var contents = new List<byte[]>();
        byte[] xml = [];
        _script.Answer = async (delivery, cancellationToken) =>
        {
            foreach (var file in delivery.Files)
                contents.Add(await ReadAsync(await file.OpenReadAsync(cancellationToken)));
            xml = await ReadAsync(await delivery.OpenXmlAsync(cancellationToken));
            return FagsystemAnswer.Accept();
        };

        using var response = await _server.PostAsync(memo.ToBytes(), transactionId: transaction.ToString());

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var delivery = _script.Deliveries.Single();
        delivery.MessageUuid.ShouldBe(memo.Uuid);
        delivery.TransactionId.ShouldBe(transaction);
        delivery.Header.Sender.SenderID.ShouldBe(memo.SenderId);
        delivery.Header.Recipient.RecipientID.ShouldBe(memo.RecipientId);
        delivery.Files.Select(file => (file.Number, file.Document, file.FileName, file.EncodingFormat, file.Length)).ShouldBe(
        [
            (1, DocumentKind.MainDocument, "brev.txt", "text/plain", memo.Files[0].Content.Length),
            (2, DocumentKind.AdditionalDocument, "bilag.bin", "image/png", 300_000),
        ]);
        contents.ShouldBe(memo.Files.Select(file => file.Content));
        xml.ShouldBe(memo.ToBytes());
    }

    [Theory]
    [InlineData(false, "NOT_ALLOWED")]
    [InlineData(true, "INVALID")]
    public async Task Its_reject_and_its_reason_are_the_receipt(bool asInvalid, string status)
    {
        _script.Answer = (_, _) => Task.FromResult(asInvalid ? FagsystemAnswer.RejectAsInvalid("Bilaget kan ikke læses.") : FagsystemAnswer.Reject("Bilaget kan ikke læses."));
        using var response = await _server.PostAsync(new TestMemo().ToBytes(), "application/json");

        var receipt = await response.JsonAsync();
        receipt.Text("receiptStatus").ShouldBe(status);
        receipt.Text("errorCode").ShouldBe("REJECTED_BY_FAGSYSTEM");
        receipt.Text("errorMessage").ShouldBe("Bilaget kan ikke læses.");
    }

    [Fact]
    public async Task A_reason_that_XML_cannot_hold_is_written_all_the_same()
    {
        _script.Answer = (_, _) => Task.FromResult(FagsystemAnswer.Reject("Linje 1\u0000\u0008 \ud800 \u20ac\ud83d\udce8"));
        using var response = await _server.PostAsync(new TestMemo().ToBytes());

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.XmlAsync()).Descendants("FejlTekst").Single().Value.ShouldBe("Linje 1\ufffd\ufffd \ufffd \u20ac\ud83d\udce8");
    }

    [Fact]
    public async Task One_that_does_not_answer_in_time_means_503()
    {
        _script.Answer = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return FagsystemAnswer.Accept();
        };
        await using var hasty = await HastyAsync();
        using var response = await hasty.PostAsync(new TestMemo().ToBytes());
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task The_answer_of_one_that_does_not_heed_the_time_is_kept_when_it_comes_and_it_is_not_asked_meanwhile()
    {
        var late = new TaskCompletionSource<FagsystemAnswer>();
        _script.Answer = (_, _) => late.Task;
        var memo = new TestMemo();
        await using var hasty = await HastyAsync();
        using var undecided = await hasty.PostAsync(memo.ToBytes());
        undecided.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var meanwhile = await hasty.PostAsync(memo.ToBytes());
        meanwhile.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        late.SetResult(FagsystemAnswer.Reject("For sent."));
        using var decided = await UntilDecidedAsync(hasty, memo);

        (await decided.JsonAsync()).Text("errorMessage").ShouldBe("For sent.");
        _script.Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_one_of_its_own_a_server_delivers_to_the_indbakke()
    {
        await using var server = await TestServer.StartAsync();
        var memo = new TestMemo();
        using var response = await server.PostAsync(memo.ToBytes());

        (await response.XmlAsync()).Element("Result")!.Value.ShouldBe("true");
        (await server.Messages.GetMessageAsync(memo.Uuid)).Result.Summary.Fagsystem.ShouldBe("indbakke");
    }

    /// <summary>A server whose senders wait for half a second.</summary>
    private Task<TestServer> HastyAsync() => TestServer.StartAsync(_script.Register, settings: "--PostModtag:DeliveryTimeout=00:00:00.5");

    private static async Task<HttpResponseMessage> UntilDecidedAsync(TestServer server, TestMemo memo)
    {
        var response = await server.PostAsync(memo.ToBytes(), "application/json");
        while (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            response.Dispose();
            response = await server.PostAsync(memo.ToBytes(), "application/json");
        }

        return response;
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        }
    }
}
