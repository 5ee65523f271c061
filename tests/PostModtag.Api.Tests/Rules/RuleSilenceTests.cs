using System.Text;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>No field value of a message is logged, told in a problem or kept in the audit trail, whatever is asked of the rules.</summary>
[Operation("ExplainMemo")]
[Operation("ExplainMessage")]
[Operation("GetImpact")]
public sealed class RuleSilenceTests
{
    private const string Planted = "0113709876";

    [Fact]
    public async Task A_CPR_number_planted_in_every_field_is_in_no_log_no_problem_and_no_audit_entry()
    {
        await using var server = await TestServer.StartAsync(settings: ["--Logging:LogLevel:Default=Trace", "--PostModtag:MaxMessageBytes=100000"]);
        await server.PublishAsync(Setup.Rules(
            Setup.Rule("CPR", "indbakke", Setup.When("Sender/senderID", ConditionOperator.Matches, "^[0-9]{10}$"), Setup.When("ContentData/CPRdata/cprNumber", ConditionOperator.Exists)),
            Setup.Rule("Mærke", "indbakke", Setup.When("Sender/label", ConditionOperator.Contains, "01137"))));
        var memo = Memo();
        var message = await server.ReceiveAsync(memo);
        message.Routing!.Rule.ShouldBe("CPR");
        var rejected = new TestMemo { SenderId = Planted, Label = Planted + new string('x', 300) };
        await server.ReceiveAsync(rejected);

        var problems = new List<string>();
        foreach (var version in new[] { "", "?version=1", "?version=draft", "?version=9" })
        {
            await ReadAsync(await server.CallAsync("GET", $"messages/{memo.MessageUuid}/explanation{version}"), problems);
            await ReadAsync(await server.CallAsync("GET", $"messages/{rejected.MessageUuid}/explanation{version}"), problems);
            foreach (var body in new[] { Memo().ToString(), rejected.ToString(), Memo().ToString()[..^20], new TestMemo { MessageUuid = Planted }.ToString(), $"<{Planted}", Planted.PadRight(200_000) })
                await ReadAsync(await server.CallAsync("POST", $"authorities/{Setup.Authority}/explanation{version}", body, contentType: "application/xml"), problems);
        }

        await server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("R", "indbakke", Setup.When("farve", ConditionOperator.Exists))), Setup.Authority, "*");
        await ReadAsync(await server.CallAsync("GET", $"authorities/{Setup.Authority}/impact"), problems);
        await ReadAsync(await server.CallAsync("GET", $"authorities/{Setup.Authority}/impact?version=1"), problems);
        await ReadAsync(await server.CallAsync("GET", $"messages/{memo.MessageUuid}/explanation?version=draft"), problems);

        problems.Count.ShouldBeGreaterThan(10);
        problems.ShouldAllBe(problem => !problem.Contains(Planted, StringComparison.Ordinal));
        message.Routing.Reasons.ShouldAllBe(reason => !reason.Contains(Planted, StringComparison.Ordinal));
        (await server.Client.GetStringAsync("audit")).ShouldNotContain(Planted);
        server.Log.Lines.Count.ShouldBeGreaterThan(10);
        server.Log.Lines.Where(line => line.Contains(Planted, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_administrator_writes_is_not_logged_either()
    {
        await using var server = await TestServer.StartAsync(settings: "--Logging:LogLevel:Default=Trace");
        foreach (var body in new[] { """{"rules":[{"name":"PLANTED","priority":1,"fagsystem":"indbakke","conditions":[{"field":"label","operator":"equals","values":["PLANTED"]}]}]}""", """{"rules":"PLANTED"}""", """{"PLANTED":1}""" })
        {
            using var saved = await server.CallAsync("PUT", $"authorities/{Setup.Authority}/draft", body.Replace("PLANTED", Planted, StringComparison.Ordinal), "*", actor: Planted);
            using var imported = await server.ImportAsync(Setup.Authority, body.Replace("PLANTED", Planted, StringComparison.Ordinal));
        }

        using var published = await server.CallAsync("POST", $"authorities/{Setup.Authority}/publications", $$"""{"comment":"{{Planted}}"}""", "*");
        server.Log.Lines.Where(line => line.Contains(Planted, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static TestMemo Memo() => new()
    {
        SenderId = Planted, SenderLabel = Planted, Label = Planted, ContactPointId = Planted,
        ExtraHeader = $"<memo:ContentData><grd:CPRdata xmlns:grd=\"https://data.gov.dk/model/core/\"><grd:cprNumber>{Planted}</grd:cprNumber><grd:name>{Planted}</grd:name></grd:CPRdata></memo:ContentData>",
        Files = { ($"{Planted}.txt", "text/plain", Encoding.ASCII.GetBytes(Planted)) },
    };

    private static async Task ReadAsync(HttpResponseMessage response, List<string> problems)
    {
        using (response)
        {
            if (!response.IsSuccessStatusCode)
                problems.Add(await response.Content.ReadAsStringAsync());
        }
    }
}
