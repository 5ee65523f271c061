using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

[Operation("GetDraft")]
[Operation("SaveDraft")]
[Operation("DiscardDraft")]
public sealed class DraftTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Empty = """{"rules":[]}""";

    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    private string Path => $"authorities/{_authority}/draft";

    [Fact]
    public async Task Before_anything_was_saved_there_is_an_empty_rule_set_to_begin_with()
    {
        var draft = (await _server.Drafts.GetDraftAsync(_authority)).Result;
        draft.Cvr.ShouldBe(_authority);
        draft.IsSaved.ShouldBeFalse();
        draft.CurrentVersion.ShouldBeNull();
        draft.ChangedAt.ShouldBeNull();
        draft.ChangedBy.ShouldBeNull();
        draft.RuleSet.Rules.ShouldBeEmpty();
        draft.RuleSet.RepliesFindHome.ShouldBe(true);
        draft.RuleSet.Otherwise.ShouldBeNull();
    }

    [Fact]
    public async Task After_a_publication_editing_begins_with_what_counts()
    {
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")), _authority);
        var draft = (await _server.Drafts.GetDraftAsync(_authority)).Result;
        draft.IsSaved.ShouldBeFalse();
        draft.CurrentVersion.ShouldBe(1);
        draft.RuleSet.Rules.Single().Name.ShouldBe("Alt");
    }

    [Fact]
    public async Task What_was_saved_is_read_again_with_everything_that_a_rule_can_have()
    {
        const string Body = """
            {"rules":[{"name":"Børn – \"klager\" 😀","priority":-3,"conditions":[
              {"field":"ContentData/KLEdata/subjectKey","operator":"under","values":["27.12","28."],"not":true,"caseSensitive":true},
              {"field":"size","operator":"greater","values":["10"],"not":false,"caseSensitive":false},
              {"field":"label","operator":"startsWith","values":["a"],"not":false,"caseSensitive":false},
              {"field":"label","operator":"exists","values":[],"not":false,"caseSensitive":false}],
              "fagsystem":"findes-ikke","validFrom":"2026-01-01","validUntil":"2026-12-31","enabled":false}],
             "repliesFindHome":false,"otherwise":"indbakke","whenUndecided":"HOLD"}
            """;
        using var saved = await _server.CallAsync("PUT", Path, Body, "\"0\"", actor: "Karen");
        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var read = await _server.CallAsync("GET", Path);

        read.ETag().ShouldBe(saved.ETag());
        var draft = await read.JsonAsync();
        draft.ToString().ShouldBe((await saved.JsonAsync()).ToString());
        draft.GetProperty("isSaved").GetBoolean().ShouldBeTrue();
        draft.Text("changedBy").ShouldBe("Karen");
        draft.GetProperty("changedAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        System.Text.Json.JsonElement.DeepEquals(draft.GetProperty("ruleSet"), System.Text.Json.JsonDocument.Parse(Body).RootElement).ShouldBeTrue(draft.ToString());
    }

    [Fact]
    public async Task What_is_left_out_is_what_the_contract_says()
    {
        using var saved = await _server.CallAsync("PUT", Path, """{"rules":[{"name":"R","priority":1,"fagsystem":"indbakke","conditions":[{"field":"label","operator":"exists"}]}]}""", "*");
        var rules = (await _server.Drafts.GetDraftAsync(_authority)).Result.RuleSet;
        rules.RepliesFindHome.ShouldBe(true);
        rules.Rules[0].Enabled.ShouldBe(true);
        rules.Rules[0].Conditions![0].Not.ShouldBe(false);
        rules.Rules[0].Conditions![0].CaseSensitive.ShouldBe(false);
        rules.Rules[0].Conditions![0].Values.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draft_that_was_discarded_is_gone_and_one_that_is_not_there_can_be_discarded()
    {
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")), _authority);
        await _server.Drafts.SaveDraftAsync(Setup.Rules(), _authority, "*");

        using var discarded = await _server.CallAsync("DELETE", Path, ifMatch: (await _server.Drafts.GetDraftAsync(_authority)).ETag());
        discarded.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var draft = (await _server.Drafts.GetDraftAsync(_authority)).Result;
        draft.IsSaved.ShouldBeFalse();
        draft.RuleSet.Rules.Count.ShouldBe(1);
        using var again = await _server.CallAsync("DELETE", Path, ifMatch: "*");
        again.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var other = await _server.CallAsync("DELETE", $"authorities/{shared.NewAuthority()}/draft", ifMatch: "\"0\"");
        other.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Who_has_not_seen_the_latest_changes_nothing()
    {
        var first = (await _server.Drafts.GetDraftAsync(_authority)).ETag();
        var second = (await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Min", "indbakke")), _authority, first)).ETag();
        second.ShouldNotBe(first);

        await (await _server.CallAsync("PUT", Path, Empty, first)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, AdministrationProblemCode.PRECONDITION_FAILED);
        await (await _server.CallAsync("DELETE", Path, ifMatch: first)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, AdministrationProblemCode.PRECONDITION_FAILED);
        await (await _server.ImportAsync(_authority, "rules: []", first)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, AdministrationProblemCode.PRECONDITION_FAILED);
        await (await _server.CallAsync("PUT", Path, Empty)).ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, AdministrationProblemCode.PRECONDITION_REQUIRED);
        await (await _server.CallAsync("DELETE", Path)).ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, AdministrationProblemCode.PRECONDITION_REQUIRED);
        var draft = await _server.Drafts.GetDraftAsync(_authority);
        draft.ETag().ShouldBe(second);
        draft.Result.RuleSet.Rules.Single().Name.ShouldBe("Min");
    }

    [Fact]
    public async Task A_publication_makes_an_ETag_from_before_it_old_and_gives_the_next()
    {
        var saved = (await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")), _authority, "*")).ETag();
        var published = await _server.Publications.PublishRulesAsync(new PublicationRequest { Comment = "Første" }, _authority, saved);
        await (await _server.CallAsync("PUT", Path, Empty, saved)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, AdministrationProblemCode.PRECONDITION_FAILED);
        using var next = await _server.CallAsync("PUT", Path, Empty, published.ETag());
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("1234567")]
    [InlineData("123456789")]
    [InlineData("DK123456")]
    [InlineData("١٢٣٤٥٦٧٨")]
    public async Task An_authority_that_is_no_CVR_number_is_a_400(string cvr)
    {
        foreach (var (method, path) in new[] { ("GET", "draft"), ("PUT", "draft"), ("DELETE", "draft"), ("GET", "draft/findings"), ("GET", "publications"), ("GET", "publications/1"), ("GET", "file"), ("GET", "differences"), ("GET", "impact") })
        {
            await (await _server.CallAsync(method, $"authorities/{cvr}/{path}", method == "PUT" ? Empty : null, "*"))
                .ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);
        }
    }
}
