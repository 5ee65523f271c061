using System.Net;
using System.Net.Http.Headers;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

[Operation("ReceiveMessage")]
public sealed class CrashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-crash-").FullName;

    private string Deliveries => Path.Combine(_folder, "deliveries");

    private string Crash => Path.Combine(_folder, "crash");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public async Task A_crash_between_message_and_receipt_is_mended_by_the_next_post_of_the_message(int fileSize)
    {
        var memo = new TestMemo { Files = { ("bilag.txt", "text/plain", [.. Enumerable.Repeat((byte)'x', fileSize)]) } };
        var transaction = Guid.NewGuid();
        await File.WriteAllTextAsync(Crash, "");
        using (var server = Start())
        {
            var address = await server.ListeningAsync();
            await Should.ThrowAsync<HttpRequestException>(() => PostAsync(address, memo, transaction));
            await server.EndAsync();
        }

        File.Delete(Crash);
        using (var server = Start())
        {
            var address = await server.ListeningAsync();
            using var client = new HttpClient { BaseAddress = address };
            var waiting = await new Contract.Administration.MessagesClient(client).GetMessageAsync(memo.Uuid);
            waiting.Result.Summary.State.ShouldBe(Contract.Administration.MessageState.RECEIVED);

            using var response = await PostAsync(address, memo, Guid.NewGuid());

            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await response.XmlAsync()).Element("Result")!.Value.ShouldBe("true");
            (await client.GetByteArrayAsync($"messages/{memo.Uuid}/xml")).ShouldBe(memo.ToBytes());
        }

        // The fagsystem, whose own answer was lost, was asked again, under the same transaction; nothing is left over.
        (await File.ReadAllLinesAsync(Deliveries)).ShouldBe([$"{memo.Uuid} {transaction}", $"{memo.Uuid} {transaction}"]);
        Directory.EnumerateFiles(Path.Combine(_folder, "data", "incoming")).ShouldBeEmpty();
    }

    private static async Task<HttpResponseMessage> PostAsync(Uri address, TestMemo memo, Guid transaction)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(memo.ToBytes()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        request.Headers.Add("x-TransaktionsId", transaction.ToString());
        return await client.SendAsync(request);
    }

    private ServerProcess Start() => ServerProcess.Start(
        Path.Combine(AppContext.BaseDirectory, "PostModtag.TestHost.dll"),
        new Dictionary<string, string>(TestDatabase.EnvironmentFor(Path.Combine(_folder, "data")))
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["PostModtag__DataFolder"] = Path.Combine(_folder, "data"),
            ["POSTMODTAG_TEST_DELIVERIES"] = Deliveries,
            ["POSTMODTAG_TEST_CRASH"] = Crash,
        });
}
