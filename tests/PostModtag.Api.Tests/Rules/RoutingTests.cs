using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>An authority's rules find exactly one fagsystem for a message, or none, and then it is rejected.</summary>
[Operation("ReceiveMessage")]
[Operation("PublishRules")]
public sealed class RoutingTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    [Fact]
    public async Task The_first_rule_that_matches_by_priority_decides_wherever_it_stands()
    {
        var (a, b, c) = (await NewAsync(), await NewAsync(), await NewAsync());
        var labelled = Setup.When("label", ConditionOperator.Equals, "Klage");
        await PublishAsync(
            Rule("Sidst", 100, c),
            Rule("Næst", 20, b, labelled),
            Rule("Først og passer ikke", -5, c, Setup.When("label", ConditionOperator.Equals, "Andet")),
            Rule("Først", 10, a, labelled));

        await ShouldGoAsync("Klage", a, "Først");
        await ShouldGoAsync("Tak", c, "Sidst");
        await ShouldGoAsync("Andet", c, "Først og passer ikke");
    }

    [Fact]
    public async Task Of_rules_with_the_same_priority_the_one_that_stands_first_decides()
    {
        var (a, b) = (await NewAsync(), await NewAsync());
        await PublishAsync(Rule("Senere", 7, a), Rule("Ved siden af", 5, b), Rule("Efter den", 5, a));
        await ShouldGoAsync("Tak", b, "Ved siden af");
    }

    [Fact]
    public async Task All_conditions_must_hold_and_any_value_suffices()
    {
        var (a, b) = (await NewAsync(), await NewAsync());
        await PublishAsync(
            Rule("Begge", 1, a, Setup.When("label", ConditionOperator.Contains, "klage", "anke"), Setup.When("messageType", ConditionOperator.Equals, "DIGITALPOST")),
            Rule("En passer ikke", 2, a, Setup.When("label", ConditionOperator.Contains, "rykker"), Setup.When("messageType", ConditionOperator.Equals, "NEMSMS")),
            Rule("Resten", 3, b));
        await ShouldGoAsync("Min ANKE", a, "Begge");
        await ShouldGoAsync("Min klage", a, "Begge");
        await ShouldGoAsync("Min rykker", b, "Resten");
    }

    [Fact]
    public async Task A_rule_that_is_switched_off_takes_nothing()
    {
        var (a, b) = (await NewAsync(), await NewAsync());
        var off = Rule("Slukket", 1, a);
        off.Enabled = false;
        await PublishAsync(off, Rule("Tændt", 2, b));
        await ShouldGoAsync("Tak", b, "Tændt");
    }

    [Fact]
    public async Task A_message_that_no_rule_takes_goes_where_the_authority_has_said()
    {
        var (a, b) = (await NewAsync(), await NewAsync());
        var rules = Setup.Rules(Setup.Rule("Klager", a, Setup.When("label", ConditionOperator.Equals, "Klage")));
        rules.Otherwise = b;
        await _server.PublishAsync(rules, _authority);

        var message = await SendAsync("Tak");
        message.Summary.Fagsystem.ShouldBe(b);
        message.Summary.State.ShouldBe(MessageState.ACCEPTED);
        message.Routing!.Basis.ShouldBe(RoutingBasis.OTHERWISE);
        message.Routing.Rule.ShouldBeNull();
        message.Routing.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_no_rule_takes_is_rejected_when_the_authority_has_said_nothing_and_again_byte_for_byte()
    {
        await PublishAsync(Rule("Klager", 1, await NewAsync(), Setup.When("label", ConditionOperator.Equals, "Klage")));
        var memo = new TestMemo { RecipientId = _authority, Label = "Tak" };
        using var first = await _server.PostAsync(memo.ToBytes(), "application/json");
        await PublishAsync(Rule("Alt", 1, await NewAsync()));
        using var again = await _server.PostAsync(memo.ToBytes(), "application/json");

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        var receipt = await first.JsonAsync();
        receipt.Text("receiptStatus").ShouldBe("NOT_ALLOWED");
        receipt.Text("errorCode").ShouldBe("NO_RULE_MATCHED");
        receipt.Text("errorMessage").ShouldNotBeNullOrWhiteSpace();
        (await again.Content.ReadAsByteArrayAsync()).ShouldBe(await first.Content.ReadAsByteArrayAsync());
        var kept = (await _server.Messages.GetMessageAsync(memo.Uuid)).Result;
        kept.Summary.State.ShouldBe(MessageState.REJECTED);
        kept.Summary.Fagsystem.ShouldBeNull();
        kept.Routing!.Basis.ShouldBe(RoutingBasis.REJECTED);
        kept.Routing.Fagsystem.ShouldBeNull();
        kept.Routing.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_rule_set_without_rules_rejects_everything_and_says_so()
    {
        await _server.PublishAsync(Setup.Rules(), _authority);
        (await SendAsync("Tak")).Summary.ErrorCode.ShouldBe("NO_RULE_MATCHED");
    }

    [Fact]
    public async Task An_authority_without_rules_delivers_to_the_indbakke_also_when_it_has_a_draft()
    {
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Alt", await NewAsync())), _authority, "*");
        var message = await SendAsync("Tak");
        message.Summary.Fagsystem.ShouldBe("indbakke");
        message.Routing!.Basis.ShouldBe(RoutingBasis.NO_RULES);
        message.Routing.Version.ShouldBeNull();
    }

    [Fact]
    public async Task One_authoritys_rules_do_not_touch_anothers_messages_nor_a_citizens()
    {
        var key = await NewAsync();
        await PublishAsync(Rule("Alt", 1, key));
        (await _server.ReceiveAsync(new TestMemo { RecipientId = shared.NewAuthority() })).Summary.Fagsystem.ShouldBe("indbakke");
        (await _server.ReceiveAsync(new TestMemo { RecipientId = "0113701234", RecipientIdType = "CPR" })).Routing!.Basis.ShouldBe(RoutingBasis.NO_RULES);
        await ShouldGoAsync("Tak", key, "Alt");
    }

    [Fact]
    public async Task The_message_stores_the_version_the_rule_and_the_reasons_in_the_rules_words()
    {
        var key = await NewAsync();
        await PublishAsync(Rule("Klager", 1, key,
            Setup.When("label", ConditionOperator.Contains, "klage", "anke"), Setup.Without("messageType", ConditionOperator.Equals, "NEMSMS")));
        var routing = (await SendAsync("Min klage over alt")).Routing!;

        routing.Basis.ShouldBe(RoutingBasis.RULE);
        routing.Version.ShouldBe(1);
        routing.Rule.ShouldBe("Klager");
        routing.Fagsystem.ShouldBe(key);
        routing.Reasons.ShouldBe(["label contains klage, anke", "not messageType equals NEMSMS"]);
    }

    private async Task<string> NewAsync() => (await _server.RegisterAsync(shared.NewKey())).Key;

    private static DistributionRule Rule(string name, int priority, string fagsystem, params Condition[] conditions) =>
        new() { Name = name, Priority = priority, Fagsystem = fagsystem, Conditions = conditions };

    private async Task PublishAsync(params DistributionRule[] rules) => await _server.PublishAsync(new RuleSet { Rules = rules }, _authority);

    private Task<MessageDetails> SendAsync(string label) => _server.ReceiveAsync(new TestMemo { RecipientId = _authority, Label = label });

    private async Task ShouldGoAsync(string label, string fagsystem, string rule)
    {
        var message = await SendAsync(label);
        message.Summary.Fagsystem.ShouldBe(fagsystem);
        message.Summary.State.ShouldBe(MessageState.ACCEPTED);
        message.Routing!.Rule.ShouldBe(rule);
    }
}
