using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>An authority says in its rule set, or in its rule file, what becomes of a message that its fagsystem does not decide.</summary>
[Operation("ImportRules")]
[Operation("ExportRules")]
[Operation("CompareRuleFile")]
public sealed class WhenUndecidedTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    [Theory]
    [InlineData("rules: []\nwhenUndecided: hold", WhenUndecided.HOLD)]
    [InlineData("rules: []\nwhenUndecided: resend", WhenUndecided.RESEND)]
    [InlineData("rules: []", WhenUndecided.RESEND)]
    public async Task A_file_sets_it_and_resend_is_what_it_is_when_it_says_nothing(string file, WhenUndecided expected)
    {
        using var imported = await _server.ImportAsync(_authority, file);
        imported.IsSuccessStatusCode.ShouldBeTrue(await imported.Content.ReadAsStringAsync());

        (await _server.Drafts.GetDraftAsync(_authority)).Result.RuleSet.WhenUndecided.ShouldBe(expected);
        using var exported = await _server.CallAsync("GET", $"authorities/{_authority}/file?version=draft");
        (await exported.Content.ReadAsStringAsync()).Contains("whenUndecided: hold", StringComparison.Ordinal).ShouldBe(expected == WhenUndecided.HOLD);
    }

    [Fact]
    public async Task Before_a_file_is_imported_it_can_be_seen_that_it_would_change_it()
    {
        using var imported = await _server.ImportAsync(_authority, "rules: []");
        var comparison = (await _server.Drafts.CompareRuleFileAsync(new MemoryStream("rules: []\nwhenUndecided: hold"u8.ToArray()), _authority)).Result;
        comparison.Differences.Select(difference => (difference.Kind, difference.Property, difference.From, difference.To)).ShouldBe([(RuleDifferenceKind.CHANGED, "whenUndecided", "resend", "hold")]);
    }

    [Fact]
    public async Task The_example_of_the_page_holds_what_its_fagsystem_does_not_decide()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "delivery.md"));
        var file = page.Split("In a rule file:")[1].Split("```yaml")[1].Split("```")[0];
        await _server.RegisterRestAsync("esdh", "https://localhost:9/PostModtag");
        using var imported = await _server.ImportAsync(_authority, file);
        await _server.Publications.PublishRulesAsync(new PublicationRequest { Comment = "Hold" }, _authority, "*");

        using var response = await _server.PostAsync(new TestMemo { RecipientId = _authority }.ToBytes());

        (await response.Content.ReadAsStringAsync()).ShouldContain("<AdvisTekst>RECEIVED</AdvisTekst>");
    }

    [Fact]
    public async Task An_authority_without_rules_has_its_messages_sent_again()
    {
        await using var server = await TestServer.StartAsync();
        await server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = "Indbakke", Owner = "O", Kind = FagsystemKind.INBOX, State = FagsystemState.PAUSED }, "indbakke", "*");
        (await server.ReceiveAsync(new TestMemo())).Summary.State.ShouldBe(MessageState.RECEIVED);
    }
}
