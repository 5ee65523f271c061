using System.Globalization;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Api.Tests.Outbox;
using PostModtag.Application.Routing;
using PostModtag.Contract.Administration;
using PostModtag.Testing;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Api.Tests.Documentation;

/// <summary>
/// The calls and answers that the documentation shows are real: this test makes them, in one story of an authority that sets its server up, and what is kept
/// in docs/examples/operations is what came. Every operation of both contracts is in it.
/// </summary>
public sealed class RecordedCallTests
{
    private const string Update = "POSTMODTAG_WRITE_EXAMPLES";
    private const string Cvr = Setup.Authority;

    private static string Folder => Repository.PathOf("docs", "examples", "operations");

    [Fact]
    public async Task What_the_documentation_shows_is_what_the_server_answers()
    {
        var calls = await RecordAsync();
        if (Environment.GetEnvironmentVariable(Update) is not null)
        {
            foreach (var file in Directory.GetFiles(Folder, "*.json"))
                File.Delete(file);
            foreach (var (file, text) in calls)
                await File.WriteAllTextAsync(Path.Combine(Folder, file), text);
        }

        var kept = Directory.GetFiles(Folder, "*.json").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        string.Join('\n', kept.Keys.Order(StringComparer.Ordinal)).ShouldBe(string.Join('\n', calls.Keys), $"Write them anew with: {Update}=1 dotnet test tests/PostModtag.Api.Tests --filter RecordedCallTests");
        foreach (var (file, text) in calls)
            kept[file].ShouldBe(text, $"{file} is not what the server answers now. If it is meant to be, write it anew with: {Update}=1 dotnet test tests/PostModtag.Api.Tests --filter RecordedCallTests");
    }

    [Theory]
    [InlineData("postmodtag.openapi.yaml")]
    [InlineData("administration.openapi.yaml")]
    public void Every_operation_of_a_contract_has_one(string contract)
    {
        var recorded = Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file).Split('.')[0]).ToHashSet();

        Operations(contract).Where(operation => !recorded.Contains(operation)).ShouldBeEmpty();
    }

    private static async Task<SortedDictionary<string, string>> RecordAsync()
    {
        await using var delivering = await Delivering.StartAsync(now: new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var (server, clock) = (delivering.Server, delivering.Clock);
        var recorder = new CallRecorder(server);
        recorder.Replace(delivering.Fagsystem.Url, "https://esdh.example/PostModtag");
        await SetUpAsync(recorder, server, clock);
        var accepted = await ReceiveAsync(recorder, delivering);
        await LookAsync(recorder, accepted);
        await DecideAsync(recorder, delivering);
        await AfterwardsAsync(recorder, delivering, accepted);
        return recorder.Calls;
    }

    private static async Task SetUpAsync(CallRecorder recorder, TestServer server, MovedClock clock)
    {
        (string, string)[] bente = [("x-Actor", "Bente")];
        await recorder.CallAsync("RegisterFagsystem", "POST /fagsystemer", """
            {"key": "socialsag", "name": "Socialsag", "owner": "Testkommunen", "kind": "INBOX", "systemIds": ["6e8e0b6f-3a3c-4b5a-9d3c-2f1d7a9b4c10"]}
            """, headers: bente);
        await recorder.CallAsync("GetFagsystem", "GET /fagsystemer/socialsag");
        await recorder.CallAsync("ChangeFagsystem", "PUT /fagsystemer/socialsag", """
            {"name": "Socialsag", "owner": "Testkommunen, Social", "kind": "INBOX", "state": "ACTIVE", "systemIds": ["6e8e0b6f-3a3c-4b5a-9d3c-2f1d7a9b4c10"]}
            """, headers: [.. bente, ("If-Match", "*")]);
        await recorder.CallAsync("FindFagsystemer", "GET /fagsystemer?state=ACTIVE&pageSize=2");
        await recorder.CallAsync("SetFagsystemCredential", $"PUT /fagsystemer/{Delivering.Key}/credential", """
            {"scheme": "Bearer", "token": "et-opdigtet-token"}
            """, headers: bente);
        await recorder.CallAsync("GetFagsystemConnection", $"GET /fagsystemer/{Delivering.Key}/connection");
        await recorder.CallAsync("RemoveFagsystemCredential", $"DELETE /fagsystemer/{Delivering.Key}/credential", headers: bente);

        var rules = await File.ReadAllTextAsync(Repository.PathOf("api-spec", "examples", "rules", "first-rule.yaml"));
        await recorder.CallAsync("GetFields", "GET /fields", keep: 3);
        await recorder.CallAsync("CompareRuleFile", $"POST /authorities/{Cvr}/draft/file/differences", rules, "application/yaml");
        await recorder.CallAsync("ImportRules", $"PUT /authorities/{Cvr}/draft/file", rules, "application/yaml", headers: [.. bente, ("If-Match", "*")]);
        await recorder.CallAsync("GetDraft", $"GET /authorities/{Cvr}/draft");
        await recorder.CallAsync("SaveDraft", $"PUT /authorities/{Cvr}/draft", """
            {
              "otherwise": "indbakke",
              "whenUndecided": "HOLD",
              "rules": [
                {"name": "Social og sundhed", "priority": 10, "fagsystem": "socialsag",
                 "conditions": [{"field": "ContentData/KLEdata/subjectKey", "operator": "under", "values": ["27"]}]},
                {"name": "Alt fra borgere", "priority": 20, "fagsystem": "esdh",
                 "conditions": [{"field": "Sender/idType", "operator": "equals", "values": ["CPR"]}]}
              ]
            }
            """, headers: [.. bente, ("If-Match", "*")]);
        await recorder.CallAsync("CheckDraft", $"GET /authorities/{Cvr}/draft/findings");
        await recorder.CallAsync("CompareRules", $"GET /authorities/{Cvr}/differences?from=1&to=draft");
        await recorder.CallAsync("PublishRules", $"POST /authorities/{Cvr}/publications", """
            {"comment": "Sociale sager til Socialsag"}
            """, headers: [.. bente, ("If-Match", "*")]);
        await recorder.CallAsync("GetPublication", $"GET /authorities/{Cvr}/publications/2");
        await recorder.CallAsync("FindPublications", $"GET /authorities/{Cvr}/publications?pageSize=1", keep: 1);
        await recorder.CallAsync("ExportRules", $"GET /authorities/{Cvr}/file");
        await recorder.CallAsync("FindAuthorities", "GET /authorities?pageSize=10");
        await server.Drafts.SaveDraftAsync(Setup.Rules(), Cvr, "*");
        await recorder.CallAsync("DiscardDraft", $"DELETE /authorities/{Cvr}/draft", headers: [.. bente, ("If-Match", "*")]);
        clock.Now += TimeSpan.FromMinutes(5);
    }

    private static async Task<TestMemo> ReceiveAsync(CallRecorder recorder, Delivering delivering)
    {
        var memo = Letter("3f1c1d5e-6a77-4e0b-8b57-1f0a5f6f0a01");
        await recorder.CallAsync(
            "ReceiveMessage", "POST /PostModtag", memo.ToString(), "application/xml", "accepted", "application/json", headers: ("x-TransaktionsId", "8d2f6c1e-0b9a-4c57-9d0e-6a3c5b7e9f01"));
        await recorder.CallAsync(
            "ReceiveMessage", "POST /PostModtag", Letter("3f1c1d5e-6a77-4e0b-8b57-1f0a5f6f0a02", senderId: "0113").ToString(), "application/xml", "rejected", "application/xml", headers: ("x-TransaktionsId", "8d2f6c1e-0b9a-4c57-9d0e-6a3c5b7e9f02"));
        await recorder.CallAsync(
            "ReceiveMessage", "POST /PostModtag", "Kære kommune", "application/xml", "noMessage", headers: ("x-TransaktionsId", "8d2f6c1e-0b9a-4c57-9d0e-6a3c5b7e9f03"));
        delivering.Clock.Now += TimeSpan.FromMinutes(5);
        return memo;
    }

    private static async Task LookAsync(CallRecorder recorder, TestMemo memo)
    {
        await recorder.CallAsync("FindMessages", "GET /messages?state=ACCEPTED&recipient=90000001&pageSize=10");
        await recorder.CallAsync("GetMessage", $"GET /messages/{memo.MessageUuid}");
        await recorder.CallAsync("GetMessageXml", $"GET /messages/{memo.MessageUuid}/xml");
        await recorder.CallAsync("GetMessageFile", $"GET /messages/{memo.MessageUuid}/files/1");
        await recorder.CallAsync("ExplainMessage", $"GET /messages/{memo.MessageUuid}/explanation");
        await recorder.CallAsync("ExplainMemo", $"POST /authorities/{Cvr}/explanation", memo.ToString(), "application/xml");
        await recorder.CallAsync("GetImpact", $"GET /authorities/{Cvr}/impact?version=1&days=30");
    }

    private static async Task DecideAsync(CallRecorder recorder, Delivering delivering)
    {
        delivering.Fagsystem.Answer = StandInAnswers.Status(503);
        var (first, second) = (Letter("3f1c1d5e-6a77-4e0b-8b57-1f0a5f6f0a03", kle: "85.02.01"), Letter("3f1c1d5e-6a77-4e0b-8b57-1f0a5f6f0a04", kle: "85.02.01"));
        await recorder.CallAsync(
            "ReceiveMessage", "POST /PostModtag", first.ToString(), "application/xml", "held", "application/json", headers: ("x-TransaktionsId", "8d2f6c1e-0b9a-4c57-9d0e-6a3c5b7e9f04"));
        await delivering.PostAsync(second);
        (string, string)[] bente = [("x-Actor", "Bente")];
        await recorder.CallAsync("GetCountdowns", "GET /countdowns");
        await recorder.CallAsync("DecideMessage", $"POST /messages/{first.MessageUuid}/decision", """
            {"action": "REDIRECT", "fagsystem": "socialsag", "reason": "ESDH er nede"}
            """, headers: bente);
        await recorder.CallAsync("DecideMessages", "POST /messages/decisions", $$"""
            {"action": "RETRY", "reason": "ESDH er oppe igen", "messages": ["{{second.MessageUuid}}", "{{first.MessageUuid}}"]}
            """, headers: bente);
    }

    private static async Task AfterwardsAsync(CallRecorder recorder, Delivering delivering, TestMemo accepted)
    {
        var server = delivering.Server;
        var entry = await server.RefuseCopyAsync(accepted, "indbakke");
        await recorder.CallAsync("FindOutboxEntries", "GET /outbox?state=REFUSED&pageSize=10");
        await recorder.CallAsync("RetryOutboxEntry", string.Create(CultureInfo.InvariantCulture, $"POST /outbox/{entry}/retry"), headers: ("x-Actor", "Bente"));
        await recorder.CallAsync("FindAuditEntries", $"GET /audit?authority={Cvr}&pageSize=3");
        await recorder.CallAsync("ExportAuditEntries", "GET /audit/export?from=2027-03-01T00:00:00Z&before=2027-03-01T08:00:30Z");

        var day = DanishDay.Of(delivering.Clock.Now);
        delivering.Clock.Now = DanishDay.Begin(day.AddDays(1)).AddHours(2);
        var reconciliations = new ReconciliationsClient(server.Client);
        await Eventually.BeSoAsync(async () => (await reconciliations.FindReconciliationsAsync(Cvr, 500)).Result.Records.Any(record => record.Day == $"{day:yyyy-MM-dd}"));

        // What they are digests of has the receipts' numbers in it, which are others each time.
        foreach (var (digest, number) in (await reconciliations.FindReconciliationsAsync(Cvr, 500)).Result.Records.SelectMany(record => new[] { record.MessagesSha256, record.Sha256 }).Select((digest, number) => (digest, number)))
            recorder.Replace(digest, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([(byte)number])));
        await recorder.CallAsync("FindReconciliations", $"GET /reconciliations?authority={Cvr}&pageSize=500", keep: 1);

        await server.RegisterAsync("tom");
        await recorder.CallAsync("RemoveFagsystem", "DELETE /fagsystemer/tom", headers: [("x-Actor", "Bente"), ("If-Match", "*")]);
    }

    private static TestMemo Letter(string uuid, string senderId = "0113701234", string kle = "27.12.06") => new()
    {
        MessageUuid = uuid, SenderId = senderId,
        ExtraHeader = $"<memo:ContentData><kle:KLEdata xmlns:kle=\"http://kle-online.dk/\"><kle:subjectKey>{kle}</kle:subjectKey><kle:version>2026-02</kle:version><kle:label>Emne</kle:label></kle:KLEdata></memo:ContentData>",
    };

    private static IEnumerable<string> Operations(string contract)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Repository.PathOf("api-spec", contract));
        yaml.Load(reader);
        return ((YamlMappingNode)yaml.Documents[0].RootNode["paths"]).Children.Values
            .SelectMany(item => ((YamlMappingNode)item).Children.Values).OfType<YamlMappingNode>()
            .Where(operation => operation.Children.ContainsKey("operationId")).Select(operation => operation["operationId"].ToString());
    }
}
