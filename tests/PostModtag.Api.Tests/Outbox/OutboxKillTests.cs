using System.Net.Http.Headers;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Outbox;

/// <summary>
/// The server is killed (SIGKILL) at each step between a decision and its being told, and started again: the receipt reaches
/// Digital Post, and the copy its fagsystem, and neither is ever another one.
/// </summary>
public sealed class OutboxKillTests : IAsyncLifetime
{
    private const string Told = "the receipt told";
    private const string Copied = "the copy sent";

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-kill-").FullName;
    private StandInDigitalPost _digitalPost = null!;
    private StandInFagsystem _archive = null!;

    public static TheoryData<string> Steps =>
        ["after IMessageStore.AddAsync", "before IDigitalPost.SendReceiptAsync", Told, "after IDigitalPost.SendReceiptAsync", "before IRestFagsystem.DeliverAsync", Copied, "before IOutbox.UpdateAsync", "after IOutbox.UpdateAsync"];

    private string Crash => Path.Combine(_folder, "crash");

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        _digitalPost = await StandInDigitalPost.StartAsync();
        _archive = await StandInFagsystem.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _digitalPost.DisposeAsync();
        await _archive.DisposeAsync();
        TestDatabase.Drop(Data);
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task What_was_decided_is_told_after_the_kill(string step)
    {
        var memo = new TestMemo();
        using (var server = Start(step))
        {
            using var client = await SetUpAsync(server);
            KillAt(step, server);
            await PostAsync(client, memo);
            await server.EndAsync();
        }

        File.Delete(Crash);
        (_digitalPost.Instead, _archive.Answer) = (null, StandInAnswers.Accept);
        using (var server = Start(step))
        {
            using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };

            // Where other nodes may be at work a copy that was taken is left alone for a while.
            TestDatabase.Execute(Data, """UPDATE "Outbox" SET "LeasedUntil" = NULL""");
            var message = (await new MessagesClient(client).GetMessageAsync(memo.Uuid)).Result;
            await Eventually.BeSoAsync(async () => (message = (await new MessagesClient(client).GetMessageAsync(memo.Uuid)).Result).Outbox.All(entry => entry.State == OutboxState.TAKEN));
            message.Outbox.Select(entry => entry.Kind).Order().ShouldBe([OutboxKind.RECEIPT, OutboxKind.COPY]);
            message.Receipt!.ReceiptStatus.ShouldBe("COMPLETED");
            _digitalPost.Receipts.Distinct().ShouldHaveSingleItem().TransmissionId.ShouldBe(message.Receipt.TransmissionId);
        }

        _archive.Calls.Select(call => (call.MessageUuid, call.Sha256, call.Header("x-TransaktionsId"))).Distinct().ShouldHaveSingleItem().MessageUuid.ShouldBe(memo.Uuid);
    }

    /// <summary>The steps that others see; at those of the server's own it kills itself.</summary>
    private void KillAt(string step, ServerProcess server)
    {
        if (step == Told)
        {
            _digitalPost.Instead = (_, _) =>
            {
                server.Kill();
                return Task.FromResult(true);
            };
        }

        if (step == Copied)
        {
            _archive.Answer = (_, _) =>
            {
                server.Kill();
                return Task.CompletedTask;
            };
        }
    }

    /// <summary>Whether it is answered depends on how soon the server is killed: the decision is kept all the same.</summary>
    private static async Task PostAsync(HttpClient client, TestMemo memo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(memo.ToBytes()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        try
        {
            using var response = await client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
        }
    }

    private async Task<HttpClient> SetUpAsync(ServerProcess server)
    {
        var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
        var fagsystemer = new FagsystemerClient(client);
        await fagsystemer.RegisterFagsystemAsync(new NewFagsystem { Key = "arkiv", Name = "Arkiv", Owner = "Testkommunen", Kind = FagsystemKind.REST, Rest = new RestConnection { Url = _archive.Url } });
        await fagsystemer.RegisterFagsystemAsync(new NewFagsystem { Key = "sager", Name = "Sager", Owner = "Testkommunen", Kind = FagsystemKind.INBOX, HandOnTo = ["arkiv"] });
        await new DraftsClient(client).SaveDraftAsync(Setup.Everything("sager"), Setup.Authority, "*");
        await new PublicationsClient(client).PublishRulesAsync(new PublicationRequest { Comment = "Til en test" }, Setup.Authority, "*");
        await File.WriteAllTextAsync(Crash, "");
        return client;
    }

    private ServerProcess Start(string step) => ServerProcess.Start(
        Path.Combine(AppContext.BaseDirectory, "PostModtag.TestHost.dll"),
        new Dictionary<string, string>(TestDatabase.EnvironmentFor(Data))
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["PostModtag__DataFolder"] = Data,
            ["PostModtag__DigitalPost__Url"] = _digitalPost.Url,
            ["PostModtag__DigitalPost__Relay"] = "true",
            ["POSTMODTAG_TEST_KILL"] = step,
            ["POSTMODTAG_TEST_CRASH"] = Crash,
        });
}
