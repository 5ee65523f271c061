using System.Globalization;
using System.Text.Json;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>
/// The server is killed again and again, at each named step and at any moment, while several connections go on sending. At the end
/// every receipt that was given is found, every message is at one fagsystem, and nobody was told what a fagsystem did not say.
/// <c>bash build/kill.sh 5000</c> kills more often.
/// </summary>
public sealed class KillRunTests : IAsyncLifetime
{
    private static readonly string[] Steps =
    [
        "before IMessageStore.AddAsync", "before commit", "after commit", "after IMessageStore.AddAsync", "before IRestFagsystem.DeliverAsync",
        "after IRestFagsystem.DeliverAsync", "before IMessageStore.UpdateAsync", "after IMessageStore.UpdateAsync",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-kills-").FullName;
    private StandInFagsystem _esdh = null!;
    private StandInFagsystem _social = null!;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("POSTMODTAG_TEST_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills / 5 : 20;

    private string Data => Path.Combine(_folder, "data");

    private string Crash => Path.Combine(_folder, "crash");

    public async Task InitializeAsync()
    {
        (_esdh, _social) = (await StandInFagsystem.StartAsync(), await StandInFagsystem.StartAsync());
        (_esdh.Answer, _social.Answer) = (AnswerAsync, AnswerAsync);
    }

    public async Task DisposeAsync()
    {
        await _esdh.DisposeAsync();
        await _social.DisposeAsync();
        TestDatabase.Drop(Data);
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task However_often_it_is_killed_nothing_is_lost_nothing_is_delivered_to_two_and_no_receipt_changes(int seed)
    {
        var random = new Random(seed);
        var senders = new KillRunSenders(random);
        for (var kill = 0; kill < Kills; kill++)
        {
            // Half of them come at a step; each run begins at another one.
            var step = kill % 2 == 0 ? Steps[((kill / 2) + (seed * 2)) % Steps.Length] : "none";
            await LiveAndDieAsync(senders, random, step, isFirst: kill == 0);
        }

        using var server = Start("none");
        using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
        await senders.SendTheRestAsync(client);

        senders.Sent.Count.ShouldBeGreaterThan(Kills);
        foreach (var sent in senders.Sent)
            await IsAsAnsweredAsync(client, sent);
        Directory.EnumerateFiles(Path.Combine(Data, "incoming")).ShouldBeEmpty();
    }

    /// <summary>Whether the fagsystem takes a message; it says the same each time.</summary>
    internal static bool Accepts(Guid messageUuid) => messageUuid.ToByteArray()[0] % 4 != 0;

    private static Task AnswerAsync(StandInCall call, Microsoft.AspNetCore.Http.HttpContext context) =>
        (Accepts(call.MessageUuid) ? StandInAnswers.Accept : StandInAnswers.Json("NOT_ALLOWED", "OWN_REASON", "Nej"))(call, context);

    /// <summary>One life of the server. It ends at a step, or when so many messages have been sent.</summary>
    private async Task LiveAndDieAsync(KillRunSenders senders, Random random, string step, bool isFirst)
    {
        File.Delete(Crash);
        using var server = Start(step);
        using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };
        if (isFirst)
            await SetUpAsync(client);

        var (crashAfter, killAfter) = (random.Next(0, 20), step == "none" ? random.Next(1, 60) : 300);
        await senders.SendUntilItDiesAsync(client, sent =>
        {
            if (sent == crashAfter)
                File.WriteAllText(Crash, "");
            if (sent == killAfter)
                server.Kill();
        });
        await server.EndAsync();
    }

    private async Task SetUpAsync(HttpClient client)
    {
        foreach (var (key, fagsystem) in new[] { ("esdh", _esdh), ("social", _social) })
        {
            await new FagsystemerClient(client).RegisterFagsystemAsync(new NewFagsystem
            {
                Key = key, Name = key, Owner = "Testkommunen", Kind = FagsystemKind.REST, Rest = new RestConnection { Url = fagsystem.Url },
            });
        }

        await new DraftsClient(client).SaveDraftAsync(
            Setup.Rules(
                Setup.Rule("Byggeri", "esdh", Setup.When("label", ConditionOperator.Equals, "esdh")),
                Setup.Rule("Social", "social", Setup.When("label", ConditionOperator.Equals, "social")),
                Setup.Rule("Resten", "indbakke")),
            Setup.Authority, "*");
        await new PublicationsClient(client).PublishRulesAsync(new PublicationRequest { Comment = "Til en test" }, Setup.Authority, "*");
    }

    private async Task IsAsAnsweredAsync(HttpClient client, SentMessage sent)
    {
        var uuid = sent.Memo.Uuid;
        var receipt = JsonDocument.Parse(sent.Receipt.ShouldNotBeNull()).RootElement;
        var isAccepted = sent.Memo.Label == "indbakke" || Accepts(uuid);
        receipt.Text("receiptStatus").ShouldBe(isAccepted ? "COMPLETED" : "NOT_ALLOWED");
        (await KillRunSenders.PostAsync(client, sent.Memo)).ShouldBe(sent.Receipt);

        var kept = (await new MessagesClient(client).GetMessageAsync(uuid)).Result;
        (kept.Summary.State, kept.Summary.Fagsystem, $"{kept.Receipt!.TransmissionId}").ShouldBe(
            (isAccepted ? MessageState.ACCEPTED : MessageState.REJECTED, sent.Memo.Label, receipt.Text("transmissionId")));
        (await client.GetByteArrayAsync($"messages/{uuid}/xml")).ShouldBe(sent.Memo.ToBytes());
        (_esdh.Calls.Any(call => call.MessageUuid == uuid), _social.Calls.Any(call => call.MessageUuid == uuid))
            .ShouldBe((sent.Memo.Label == "esdh", sent.Memo.Label == "social"));
    }

    private ServerProcess Start(string step) => ServerProcess.Start(
        Path.Combine(AppContext.BaseDirectory, "PostModtag.TestHost.dll"),
        new Dictionary<string, string>(TestDatabase.EnvironmentFor(Data))
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["PostModtag__DataFolder"] = Data,
            ["POSTMODTAG_TEST_KILL"] = step,
            ["POSTMODTAG_TEST_CRASH"] = Crash,
        });
}
