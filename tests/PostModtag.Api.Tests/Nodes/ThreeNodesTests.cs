using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Nodes;

/// <summary>Three servers in processes of their own, on one PostgreSQL, behind nginx; one is killed in the middle of the work.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class ThreeNodesTests : IAsyncLifetime
{
    private const int Senders = 8;
    private const int MessagesEach = 40;

    private static readonly string[] Keys = ["barn", "borger"];

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-nodes-").FullName;
    private readonly string _database = TestDatabase.Create();
    private readonly Dictionary<string, StandInFagsystem> _fagsystemer = [];
    private readonly List<ServerProcess> _nodes = [];
    private readonly List<Uri> _addresses = [];
    private Nginx _nginx = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            _nodes.Add(Start(i));
        foreach (var node in _nodes)
            _addresses.Add(await node.ListeningAsync());
        _nginx = await Nginx.StartAsync(_addresses);
        _client = _nginx.CreateClient();
        foreach (var key in Keys)
            _fagsystemer.Add(key, await StandInFagsystem.StartAsync());
        await SetUpAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _nginx.Dispose();
        _nodes.ForEach(node => node.Dispose());
        foreach (var fagsystem in _fagsystemer.Values)
            await fagsystem.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_answered_message_has_its_receipt_and_was_delivered_to_one_fagsystem_once()
    {
        var answered = new ConcurrentDictionary<Guid, string>();
        var killAt = new TaskCompletionSource();
        var kill = Task.Run(async () =>
        {
            await killAt.Task;
            _nodes[1].Kill();
            await _nodes[1].EndAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(sender, answered, killAt)));
        await kill;

        answered.Count.ShouldBe(Senders * MessagesEach);
        await ShouldBeKeptAsync(answered);
        ShouldBeDeliveredOnce(answered.Keys);
    }

    /// <summary>Each message goes out twice at once, and each is sent again until there is a receipt, as Digital Post does.</summary>
    private async Task SendAsync(int sender, ConcurrentDictionary<Guid, string> answered, TaskCompletionSource killAt)
    {
        using var client = _nginx.CreateClient();
        for (var i = 0; i < MessagesEach; i++)
        {
            var memo = new TestMemo { Label = Keys[(sender + i) % 2], Files = { ("bilag.txt", "text/plain", new byte[i % 10 == 0 ? 400_000 : 1_000]) } };
            var receipts = await Task.WhenAll(ReceiptAsync(client, memo), ReceiptAsync(client, memo));
            receipts[1].ShouldBe(receipts[0]);
            answered[memo.Uuid] = receipts[0];
            if (answered.Count > Senders * MessagesEach / 3)
                killAt.TrySetResult();
        }
    }

    private static async Task<string> ReceiptAsync(HttpClient client, TestMemo memo)
    {
        var receipt = "";
        await Eventually.BeSoAsync(async () =>
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(memo.ToBytes()) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
                request.Headers.Accept.ParseAdd("application/json");
                using var response = await client.SendAsync(request);
                receipt = await response.Content.ReadAsStringAsync();
                if (response.StatusCode == HttpStatusCode.OK)
                    return true;
                response.StatusCode.ShouldBeOneOf(HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway, HttpStatusCode.GatewayTimeout);
            }
            catch (HttpRequestException)
            {
                // The node was killed with the answer on its way: sent again.
            }

            return false;
        });
        return receipt;
    }

    private async Task ShouldBeKeptAsync(ConcurrentDictionary<Guid, string> answered)
    {
        foreach (var address in new[] { _addresses[0], _addresses[2] })
        {
            using var client = new HttpClient { BaseAddress = address };
            foreach (var (uuid, receipt) in answered)
            {
                var kept = (await new MessagesClient(client).GetMessageAsync(uuid)).Result;
                kept.Summary.State.ShouldBe(MessageState.ACCEPTED);
                receipt.ShouldContain(kept.Receipt!.TransmissionId.ToString());
            }
        }
    }

    private void ShouldBeDeliveredOnce(IEnumerable<Guid> messages)
    {
        var calls = _fagsystemer.SelectMany(fagsystem => fagsystem.Value.Calls.Select(call => (fagsystem.Key, call.MessageUuid))).ToLookup(call => call.MessageUuid, call => call.Key);
        var repeated = 0;
        foreach (var message in messages)
        {
            calls[message].Distinct().ShouldHaveSingleItem();
            repeated += calls[message].Count() - 1;
        }

        calls.Count.ShouldBe(Senders * MessagesEach);

        // What the killed node had asked about and not kept is asked about again, once, at the same fagsystem.
        repeated.ShouldBeLessThanOrEqualTo(Senders);
    }

    private async Task SetUpAsync()
    {
        foreach (var (key, fagsystem) in _fagsystemer)
        {
            await new FagsystemerClient(_client).RegisterFagsystemAsync(new NewFagsystem
            {
                Key = key, Name = key, Owner = "Testkommunen", Kind = FagsystemKind.REST, Rest = new RestConnection { Url = fagsystem.Url, MaxConcurrency = 50 },
            });
        }

        var rules = Setup.Rules([.. Keys.Select(key => Setup.Rule(key, key, Setup.When("label", ConditionOperator.Equals, key)))]);
        await new DraftsClient(_client).SaveDraftAsync(rules, Setup.Authority, "*");
        await new PublicationsClient(_client).PublishRulesAsync(new PublicationRequest { Comment = "Til en test" }, Setup.Authority, "*");
    }

    private ServerProcess Start(int node) => ServerProcess.Start(
        Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.dll"),
        new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["PostModtag__DataFolder"] = Path.Combine(_folder, $"node{node}"),
            ["PostModtag__PostgreSql"] = _database,
        });
}
