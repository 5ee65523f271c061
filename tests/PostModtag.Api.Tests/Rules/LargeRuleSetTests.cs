using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>Ten thousand rules are saved, checked, published and asked.</summary>
[Operation("PublishRules")]
[Operation("CheckDraft")]
[Operation("ImportRules")]
public sealed class LargeRuleSetTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Ten_thousand_rules_are_published_and_the_one_that_is_shadowed_is_found()
    {
        var authority = shared.NewAuthority();
        var rules = Enumerable.Range(0, 10_000).Select(i => i % 2 == 0
            ? Setup.Rule($"Kontaktpunkt {i}", "indbakke", Setup.When("Recipient/ContactPoint/contactPointID", ConditionOperator.Equals, $"k-{i}"), Setup.When("label", ConditionOperator.Contains, "sag"))
            : Setup.Rule($"KLE {i}", "indbakke", Setup.When("ContentData/KLEdata/subjectKey", ConditionOperator.Under, $"{i / 1_000:00}.{i / 100 % 100:00}.{i % 100:00}"))).ToList();
        rules[^1] = Setup.Rule("Kommer for sent", "indbakke", Setup.When("Recipient/ContactPoint/contactPointID", ConditionOperator.Equals, "K-7000"), Setup.When("label", ConditionOperator.Contains, "min sag"));

        await _server.Drafts.SaveDraftAsync(Setup.Rules([.. rules]), authority, "*");
        var found = (await _server.Drafts.CheckDraftAsync(authority)).Result.Findings.Where(finding => finding.Code == "Shadowed");
        found.Select(finding => (finding.Rule, finding.OtherRule)).ShouldBe([("Kommer for sent", "Kontaktpunkt 7000")]);
        await _server.Publications.PublishRulesAsync(new PublicationRequest { Comment = "Mange" }, authority, "*");
        (await _server.ReceiveAsync(new TestMemo { RecipientId = authority, ContactPointId = "k-9998", Label = "Min sag" })).Routing!.Rule.ShouldBe("Kontaktpunkt 9998");
        using var imported = await _server.ImportAsync(authority, await _server.Client.GetStringAsync($"authorities/{authority}/file"));
        imported.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
