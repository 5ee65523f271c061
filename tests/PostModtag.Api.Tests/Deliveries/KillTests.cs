using System.Net;
using System.Net.Http.Headers;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>
/// The server is killed (SIGKILL) at each step of a delivery, and started again: the message is never lost, never at two
/// fagsystemer, and never answered otherwise than its fagsystem has.
/// </summary>
public sealed class KillTests : IAsyncLifetime
{
    private const string HalfSent = "half of it sent";
    private const string Asked = "all of it sent";
    private const string HalfAnswered = "half of the answer sent";

    private static readonly string[] Steps =
    [
        "before IMessageStore.AddAsync", "after IMessageStore.AddAsync", "before IRestFagsystem.DeliverAsync", HalfSent, Asked, HalfAnswered,
        "after IRestFagsystem.DeliverAsync", "before IMessageStore.UpdateAsync", "after IMessageStore.UpdateAsync",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-kill-").FullName;
    private StandInFagsystem _fagsystem = null!;
    private StandInFagsystem _other = null!;

    // What it answers makes a difference only once it has been asked.
    public static IEnumerable<object[]> StepsAndAnswers =>
        [.. Steps.Select(step => new object[] { step, "COMPLETED" }), .. Steps[4..].Select(step => new object[] { step, "NOT_ALLOWED" })];

    public static TheoryData<string> StepsOfHeld =>
        ["before IRestFagsystem.DeliverAsync", HalfSent, Asked, HalfAnswered, "after IRestFagsystem.DeliverAsync", "before IMessageStore.UpdateAsync", "after IMessageStore.UpdateAsync"];

    private string Crash => Path.Combine(_folder, "crash");

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        _fagsystem = await StandInFagsystem.StartAsync();
        _other = await StandInFagsystem.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _fagsystem.DisposeAsync();
        await _other.DisposeAsync();
        TestDatabase.Drop(Data);
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(StepsAndAnswers))]
    public async Task A_message_that_is_sent_again_after_the_kill_is_answered_as_its_fagsystem_answers(string step, string answer)
    {
        var memo = Memo();
        var decided = answer == "COMPLETED" ? StandInAnswers.Accept : StandInAnswers.Json(answer, "OWN_REASON", "Nej");
        using (var server = Start(step))
        {
            using var client = await SetUpAsync(server, WhenUndecided.RESEND);
            KillAt(step, server, decided);
            await Should.ThrowAsync<HttpRequestException>(() => PostAsync(client, memo));
            await server.EndAsync();
        }

        File.Delete(Crash);
        (_fagsystem.OnBytes, _fagsystem.Answer) = (null, decided);
        using (var server = Start(step))
        {
            using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
            var receipt = await PostAsync(client, memo);

            receipt.ShouldContain($"\"receiptStatus\":\"{answer}\"");
            (await PostAsync(client, memo)).ShouldBe(receipt);
            (await client.GetByteArrayAsync($"messages/{memo.Uuid}/xml")).ShouldBe(memo.ToBytes());
        }

        OnlyAt(_fagsystem, memo);
    }

    [Theory]
    [MemberData(nameof(StepsOfHeld))]
    public async Task A_held_message_goes_on_by_itself_after_the_kill(string step)
    {
        var memo = Memo();
        using (var server = Start(step))
        {
            using var client = await SetUpAsync(server, WhenUndecided.HOLD, crash: false);
            _fagsystem.Answer = StandInAnswers.Status(500);
            (await PostAsync(client, memo)).ShouldContain("\"receiptStatus\":\"RECEIVED\"");
            await File.WriteAllTextAsync(Crash, "");
            KillAt(step, server, StandInAnswers.Accept);
            await server.EndAsync();
        }

        File.Delete(Crash);
        (_fagsystem.OnBytes, _fagsystem.Answer) = (null, StandInAnswers.Accept);
        using (var server = Start(step))
        {
            using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
            TestDatabase.Execute(Data, """UPDATE "Messages" SET "LeasedUntil" = NULL""");
            await Eventually.BeSoAsync(async () => (await new MessagesClient(client).GetMessageAsync(memo.Uuid)).Result.Summary.State == MessageState.ACCEPTED);
            (await PostAsync(client, memo)).ShouldContain("\"receiptStatus\":\"COMPLETED\"");
        }

        OnlyAt(_fagsystem, memo);
    }

    private static TestMemo Memo() => new() { Files = { ("bilag.txt", "text/plain", [.. Enumerable.Repeat((byte)'x', 1_000_000)]) } };

    private static async Task<string> PostAsync(HttpClient client, TestMemo memo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(memo.ToBytes()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The steps that the fagsystem sees; at the others the server kills itself.</summary>
    private void KillAt(string step, ServerProcess server, StandInAnswer otherwise)
    {
        _fagsystem.OnBytes = step == HalfSent ? bytes => KillWhen(bytes > 500_000, server) : null;
        _fagsystem.Answer = step switch
        {
            Asked => (_, _) => Task.FromResult(KillWhen(true, server)),
            HalfAnswered => async (call, context) =>
            {
                await StandInAnswers.Half(call, context);
                server.Kill();
            },
            _ => otherwise,
        };
    }

    private static bool KillWhen(bool condition, ServerProcess server)
    {
        if (condition)
            server.Kill();
        return condition;
    }

    private void OnlyAt(StandInFagsystem fagsystem, TestMemo memo)
    {
        fagsystem.Calls.Select(call => call.MessageUuid).Distinct().ShouldBe([memo.Uuid]);
        fagsystem.Calls.Select(call => (call.Sha256, call.Header("x-TransaktionsId"))).Distinct().ShouldHaveSingleItem();
        _other.Calls.ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(Data, "incoming")).ShouldBeEmpty();
    }

    private async Task<HttpClient> SetUpAsync(ServerProcess server, WhenUndecided whenUndecided, bool crash = true)
    {
        var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
        foreach (var (key, fagsystem) in new[] { ("esdh", _fagsystem), ("other", _other) })
        {
            await new FagsystemerClient(client).RegisterFagsystemAsync(new NewFagsystem
            {
                Key = key, Name = key, Owner = "Testkommunen", Kind = FagsystemKind.REST, Rest = new RestConnection { Url = fagsystem.Url },
            });
        }

        var rules = Setup.Rules(Setup.Rule("Alt", "esdh"));
        (rules.WhenUndecided, rules.Otherwise) = (whenUndecided, "other");
        await new DraftsClient(client).SaveDraftAsync(rules, Setup.Authority, "*");
        await new PublicationsClient(client).PublishRulesAsync(new PublicationRequest { Comment = "Til en test" }, Setup.Authority, "*");
        if (crash)
            await File.WriteAllTextAsync(Crash, "");
        return client;
    }

    private ServerProcess Start(string step) => ServerProcess.Start(
        Path.Combine(AppContext.BaseDirectory, "PostModtag.TestHost.dll"),
        new Dictionary<string, string>(TestDatabase.EnvironmentFor(Data))
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["PostModtag__DataFolder"] = Data,
            ["PostModtag__HoldFirstDelay"] = "00:00:00.2",
            ["POSTMODTAG_TEST_KILL"] = step,
            ["POSTMODTAG_TEST_CRASH"] = Crash,
        });
}
