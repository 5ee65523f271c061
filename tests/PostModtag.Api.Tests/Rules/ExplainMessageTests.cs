using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

[Operation("ExplainMessage")]
public sealed class ExplainMessageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    [Fact]
    public async Task It_says_which_rules_were_tried_which_condition_held_or_failed_on_which_field_and_what_decided()
    {
        var off = Setup.Rule("Slukket", "indbakke");
        off.Enabled = false;
        await _server.PublishAsync(
            Setup.Rules(
                Setup.Rule("Sager", "indbakke", Setup.When("label", ConditionOperator.Contains, "klage"), Setup.When("ContentData/CaseID/caseID", ConditionOperator.Exists)),
                off,
                Setup.Rule("Klager", "indbakke", Setup.When("label", ConditionOperator.StartsWith, "min", "din"), Setup.Without("kind", ConditionOperator.Equals, "reply")),
                Setup.Rule("Spørges ikke", "indbakke")),
            _authority);
        var memo = new TestMemo { RecipientId = _authority, Label = "Min klage" };
        await _server.ReceiveAsync(memo);

        var explanation = (await _server.Explanations.ExplainMessageAsync(memo.Uuid)).Result;

        explanation.Version.ShouldBe("1");
        explanation.Decision.Basis.ShouldBe(RoutingBasis.RULE);
        (explanation.Decision.Rule, explanation.Decision.Fagsystem).ShouldBe(("Klager", "indbakke"));
        explanation.Decision.Reasons.ShouldBe(["label startsWith min, din", "not kind equals reply"]);
        explanation.Tried.Select(rule => (rule.Rule, rule.IsInForce, rule.Takes)).ShouldBe([("Sager", true, false), ("Slukket", false, false), ("Klager", true, true)]);
        explanation.Tried.SelectMany(rule => rule.Conditions).Select(condition => (condition.Condition, condition.Field, condition.Held, string.Join('|', condition.Values))).ShouldBe(
        [
            ("label contains klage", "label", true, "Min klage"),
            ("ContentData/CaseID/caseID exists", "ContentData/CaseID/caseID", false, ""),
            ("label startsWith min, din", "label", true, "Min klage"),
            ("not kind equals reply", "kind", true, "new"),
        ]);
    }

    [Fact]
    public async Task Without_a_version_it_is_the_one_that_decided_and_any_other_can_be_asked()
    {
        var memo = new TestMemo { RecipientId = _authority };
        await PublishAsync("Første");
        await _server.ReceiveAsync(memo);
        await PublishAsync("Anden");
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Kladde", "indbakke")), _authority, "*");

        (await RuleAsync(memo, null)).ShouldBe(("1", "Første"));
        (await RuleAsync(memo, "1")).ShouldBe(("1", "Første"));
        (await RuleAsync(memo, "current")).ShouldBe(("2", "Anden"));
        (await RuleAsync(memo, "draft")).ShouldBe(("draft", "Kladde"));
        await (await CallAsync(memo, "3")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
        await (await CallAsync(memo, "seneste")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);
        (await _server.Messages.GetMessageAsync(memo.Uuid)).Result.Routing!.Rule.ShouldBe("Første");
    }

    [Fact]
    public async Task A_message_that_came_before_there_were_rules_says_so_and_can_be_asked_of_the_draft()
    {
        var memo = new TestMemo { RecipientId = _authority };
        await _server.ReceiveAsync(memo);
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Kladde", "indbakke")), _authority, "*");

        var explanation = (await _server.Explanations.ExplainMessageAsync(memo.Uuid)).Result;
        explanation.Version.ShouldBeNull();
        (explanation.Decision.Basis, explanation.Decision.Fagsystem).ShouldBe((RoutingBasis.NO_RULES, "indbakke"));
        explanation.Tried.ShouldBeEmpty();
        (await RuleAsync(memo, "draft")).ShouldBe(("draft", "Kladde"));
    }

    [Fact]
    public async Task A_rejected_one_says_which_rules_it_passed_and_that_none_took_it()
    {
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Klager", "indbakke", Setup.When("label", ConditionOperator.Equals, "Klage"))), _authority);
        var memo = new TestMemo { RecipientId = _authority };
        await _server.ReceiveAsync(memo);
        var explanation = (await _server.Explanations.ExplainMessageAsync(memo.Uuid)).Result;
        explanation.Decision.Basis.ShouldBe(RoutingBasis.REJECTED);
        explanation.Decision.Fagsystem.ShouldBeNull();
        explanation.Tried.Single().Takes.ShouldBeFalse();
    }

    [Fact]
    public async Task A_reply_says_that_it_found_home()
    {
        await PublishAsync("Alt");
        var home = await _server.RegisterAsync(shared.NewKey());
        var memo = new TestMemo
        {
            RecipientId = _authority,
            ExtraHeader = $"<memo:ReplyData><memo:messageUUID>{Guid.NewGuid()}</memo:messageUUID><memo:generatingSystemID>{home.Key}</memo:generatingSystemID></memo:ReplyData>",
        };
        await _server.ReceiveAsync(memo);
        var explanation = (await _server.Explanations.ExplainMessageAsync(memo.Uuid)).Result;
        (explanation.Decision.Basis, explanation.Decision.Fagsystem, explanation.Version).ShouldBe((RoutingBasis.REPLY, home.Key, "1"));
        explanation.Decision.Reasons.ShouldBe(["ReplyData/generatingSystemID"]);
        explanation.Tried.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_never_came_to_the_rules_is_a_422_that_says_why()
    {
        var memo = new TestMemo { RecipientId = _authority, Label = new string('x', 257) };
        await _server.ReceiveAsync(memo);
        var problem = await (await CallAsync(memo, null)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, AdministrationProblemCode.MEMO_INVALID);
        problem.Places().ShouldBe(["/memo:Message/memo:MessageHeader/memo:label"]);
    }

    [Fact]
    public async Task Rules_that_cannot_be_asked_are_a_409_with_the_findings()
    {
        var memo = new TestMemo { RecipientId = _authority };
        await _server.ReceiveAsync(memo);
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("R", "indbakke", Setup.When("farve", ConditionOperator.Exists))), _authority, "*");
        var problem = await (await CallAsync(memo, "draft")).ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.RULES_HAVE_ERRORS);
        problem.GetProperty("findings")[0].Text("code").ShouldBe("UnknownField");
    }

    [Fact]
    public async Task A_message_that_is_not_there_is_a_404() =>
        await (await CallAsync(new TestMemo(), null)).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);

    private Task<HttpResponseMessage> CallAsync(TestMemo memo, string? version) =>
        _server.CallAsync("GET", $"messages/{memo.MessageUuid}/explanation" + (version is null ? "" : $"?version={version}"));

    private async Task<(string? Version, string? Rule)> RuleAsync(TestMemo memo, string? version)
    {
        var explanation = (await _server.Explanations.ExplainMessageAsync(memo.Uuid, version)).Result;
        return (explanation.Version, explanation.Decision.Rule);
    }

    private async Task PublishAsync(string rule) => await _server.PublishAsync(Setup.Rules(Setup.Rule(rule, "indbakke")), _authority);
}
