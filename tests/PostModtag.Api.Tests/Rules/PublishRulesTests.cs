using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

[Operation("PublishRules")]
[Operation("GetPublication")]
public sealed class PublishRulesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    private string Path => $"authorities/{_authority}/publications";

    [Fact]
    public async Task The_draft_becomes_a_version_with_who_when_and_why_and_is_used_up()
    {
        var saved = await SaveAsync("Alt");
        using var response = await _server.CallAsync("POST", Path, """{"comment":"Ny bølge – æøå"}""", saved, actor: "Karen");

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Location!.ToString().ShouldBe($"/{Path}/1");
        response.ETag().ShouldBe((await _server.Drafts.GetDraftAsync(_authority)).ETag());
        var publication = (await _server.Publications.GetPublicationAsync(_authority, 1)).Result;
        publication.Number.ShouldBe(1);
        publication.PublishedBy.ShouldBe("Karen");
        publication.PublishedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        publication.Comment.ShouldBe("Ny bølge – æøå");
        publication.Republished.ShouldBeNull();
        publication.IsCurrent.ShouldBeTrue();
        publication.RuleSet.Rules.Single().Name.ShouldBe("Alt");
        var answered = await response.JsonAsync();
        answered.GetProperty("isCurrent").GetBoolean().ShouldBeTrue();
        answered.GetProperty("number").GetInt32().ShouldBe(1);
        (await _server.Drafts.GetDraftAsync(_authority)).Result.IsSaved.ShouldBeFalse();
    }

    [Fact]
    public async Task Versions_are_numbered_without_gaps_and_an_earlier_one_never_changes()
    {
        await PublishAsync("Første");
        var first = (await _server.CallAsync("GET", $"{Path}/1")).Content;
        await SaveAsync("Kasseret");
        await _server.Drafts.DiscardDraftAsync(_authority, "*");
        await SaveAsync("Med fejl", "findes-ikke");
        (await _server.CallAsync("POST", Path, """{"comment":"Fejler"}""", "*")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await PublishAsync("Anden");

        var before = await first.ReadAsStringAsync();
        var after = await (await _server.CallAsync("GET", $"{Path}/1")).Content.ReadAsStringAsync();
        after.ShouldBe(before.Replace("\"isCurrent\":true", "\"isCurrent\":false", StringComparison.Ordinal));
        (await _server.Publications.GetPublicationAsync(_authority, 2)).Result.RuleSet.Rules.Single().Name.ShouldBe("Anden");
        (await _server.CallAsync("GET", $"{Path}/3")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_earlier_version_can_be_published_again_and_the_draft_stays()
    {
        await PublishAsync("Første");
        await PublishAsync("Anden");
        var draft = await SaveAsync("Kladde");

        var again = (await _server.Publications.PublishRulesAsync(new PublicationRequest { Version = "1", Comment = "Tilbage" }, _authority, draft)).Result;

        (again.Number, again.Republished, again.IsCurrent).ShouldBe((3, 1, true));
        again.RuleSet.Rules.Single().Name.ShouldBe("Første");
        (await _server.ReceiveAsync(new TestMemo { RecipientId = _authority })).Routing!.Rule.ShouldBe("Første");
        var kept = (await _server.Drafts.GetDraftAsync(_authority)).Result;
        (kept.IsSaved, kept.CurrentVersion, kept.RuleSet.Rules.Single().Name).ShouldBe((true, 3, "Kladde"));
    }

    [Fact]
    public async Task An_earlier_version_whose_target_is_gone_is_not_published_again()
    {
        var key = (await _server.RegisterAsync(shared.NewKey())).Key;
        await PublishAsync("Første", key);
        await PublishAsync("Anden");
        await _server.Fagsystemer.RemoveFagsystemAsync(key, "*");
        var problem = await (await _server.CallAsync("POST", Path, """{"version":"1","comment":"Tilbage"}""", "*"))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.RULES_HAVE_ERRORS);
        problem.GetProperty("findings")[0].Text("code").ShouldBe("UnknownFagsystem");
    }

    [Fact]
    public async Task Without_a_draft_there_is_nothing_to_publish()
    {
        await (await _server.CallAsync("POST", Path, """{"comment":"Intet"}""", "\"0\"")).ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.NOTHING_TO_PUBLISH);
        await PublishAsync("Alt");
        await (await _server.CallAsync("POST", Path, """{"version":"draft","comment":"Intet"}""", "*")).ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.NOTHING_TO_PUBLISH);
    }

    [Theory]
    [InlineData("""{}""", "body")]
    [InlineData("""{"comment":""}""", "comment")]
    [InlineData("""{"comment":"  "}""", "comment")]
    [InlineData("""{"comment":null}""", "comment")]
    [InlineData("""{"comment":"Hej","version":"current"}""", "version")]
    [InlineData("""{"comment":"Hej","version":"0"}""", "version")]
    [InlineData("""{"comment":"Hej","version":"-1"}""", "version")]
    [InlineData("""{"comment":"Hej","version":1}""", "version")]
    [InlineData("""{"comment":"Hej","by":"mig"}""", "by")]
    public async Task A_wrong_request_is_a_400_that_names_the_place(string body, string place)
    {
        await SaveAsync("Alt");
        (await (await _server.CallAsync("POST", Path, body, "*")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldContain(place);
        (await _server.Drafts.GetDraftAsync(_authority)).Result.CurrentVersion.ShouldBeNull();
    }

    [Fact]
    public async Task A_comment_of_1000_characters_is_kept_and_a_longer_one_refused()
    {
        await SaveAsync("Alt");
        (await _server.CallAsync("POST", Path, $$"""{"comment":"{{new string('x', 1_001)}}"}""", "*")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _server.CallAsync("POST", Path, $$"""{"comment":"{{new string('x', 1_000)}}"}""", "*")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_a_404()
    {
        await (await _server.CallAsync("POST", Path, """{"version":"7","comment":"Tilbage"}""", "*")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
        await (await _server.CallAsync("GET", $"{Path}/1")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
    }

    [Fact]
    public async Task Only_who_has_seen_the_latest_publishes()
    {
        var saved = await SaveAsync("Alt");
        await SaveAsync("Noget andet");
        await (await _server.CallAsync("POST", Path, """{"comment":"For sent"}""", saved)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, AdministrationProblemCode.PRECONDITION_FAILED);
        await (await _server.CallAsync("POST", Path, """{"comment":"Uden"}""")).ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, AdministrationProblemCode.PRECONDITION_REQUIRED);
    }

    [Fact]
    public async Task Of_many_at_once_with_the_same_ETag_exactly_one_publishes()
    {
        await PublishAsync("Første");
        var saved = await SaveAsync("Anden");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _server.CallAsync("POST", Path, i % 2 == 0 ? """{"comment":"Om kap"}""" : """{"version":"1","comment":"Om kap"}""", saved)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(9);
        (await _server.CallAsync("GET", $"{Path}/3")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> SaveAsync(string rule, string fagsystem = "indbakke") =>
        (await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule(rule, fagsystem)), _authority, "*")).ETag();

    private async Task PublishAsync(string rule, string fagsystem = "indbakke") => await _server.PublishAsync(Setup.Rules(Setup.Rule(rule, fagsystem)), _authority);
}
