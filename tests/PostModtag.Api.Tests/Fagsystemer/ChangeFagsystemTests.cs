using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Fagsystemer;

[Operation("ChangeFagsystem")]
public sealed class ChangeFagsystemTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Everything_but_the_key_is_changed_and_the_ETag_with_it()
    {
        var fagsystem = await _server.RegisterAsync(shared.NewKey());
        var before = await _server.Fagsystemer.GetFagsystemAsync(fagsystem.Key);
        var change = Change(fagsystem, FagsystemState.PAUSED);
        (change.Name, change.Owner, change.SystemIds) = ($"Nyt navn {fagsystem.Key}", "Borgerservice", [$"id {fagsystem.Key}"]);

        var after = await _server.Fagsystemer.ChangeFagsystemAsync(change, fagsystem.Key, before.ETag());

        var read = await _server.Fagsystemer.GetFagsystemAsync(fagsystem.Key);
        read.ETag().ShouldBe(after.ETag());
        read.ETag().ShouldNotBe(before.ETag());
        read.Result.Name.ShouldBe(change.Name);
        read.Result.Owner.ShouldBe("Borgerservice");
        read.Result.State.ShouldBe(FagsystemState.PAUSED);
        read.Result.SystemIds.ShouldBe(change.SystemIds);
        read.Result.RegisteredAt.ShouldBe(fagsystem.RegisteredAt);
        read.Result.ChangedAt.ShouldBeGreaterThanOrEqualTo(fagsystem.ChangedAt);
    }

    [Fact]
    public async Task Its_own_names_are_free_to_itself()
    {
        var fagsystem = await _server.RegisterAsync(shared.NewKey(), "id " + shared.NewKey());
        var change = Change(fagsystem, FagsystemState.ACTIVE);
        change.SystemIds = [fagsystem.Key, fagsystem.Name, .. fagsystem.SystemIds];
        (await _server.Fagsystemer.ChangeFagsystemAsync(change, fagsystem.Key, "*")).Result.SystemIds.ShouldBe(change.SystemIds);
    }

    [Fact]
    public async Task Without_If_Match_nothing_is_changed()
    {
        var fagsystem = await _server.RegisterAsync(shared.NewKey());
        await (await PutAsync(fagsystem, null)).ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, AdministrationProblemCode.PRECONDITION_REQUIRED);
        (await _server.Fagsystemer.GetFagsystemAsync(fagsystem.Key)).Result.State.ShouldBe(FagsystemState.ACTIVE);
    }

    [Theory]
    [InlineData("\"2\"")]
    [InlineData("\"0\"")]
    [InlineData("W/\"1\"")]
    [InlineData("1")]
    [InlineData("\"x\"")]
    [InlineData("\"2\", \"3\"")]
    [InlineData("\"99999999999999999999\"")]
    public async Task An_ETag_that_is_not_its_changes_nothing(string ifMatch)
    {
        var fagsystem = await _server.RegisterAsync(shared.NewKey());
        await (await PutAsync(fagsystem, ifMatch)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, AdministrationProblemCode.PRECONDITION_FAILED);
        (await _server.Fagsystemer.GetFagsystemAsync(fagsystem.Key)).Result.State.ShouldBe(FagsystemState.ACTIVE);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"1\"")]
    [InlineData("\"7\", \"1\"")]
    public async Task Its_ETag_alone_or_among_others_or_an_asterisk_changes_it(string ifMatch)
    {
        var fagsystem = await _server.RegisterAsync(shared.NewKey());
        using var response = await PutAsync(fagsystem, ifMatch);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _server.Fagsystemer.GetFagsystemAsync(fagsystem.Key)).Result.State.ShouldBe(FagsystemState.PAUSED);
    }

    [Fact]
    public async Task Of_changes_at_once_with_the_same_ETag_one_is_made()
    {
        var fagsystem = await _server.RegisterAsync(shared.NewKey());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PutAsync(fagsystem, "\"1\"")));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(7);
    }

    [Fact]
    public async Task One_that_is_not_there_is_a_404() =>
        await (await _server.CallAsync("PUT", "fagsystemer/intet", """{"name":"N","owner":"O","kind":"INBOX","state":"ACTIVE"}""", "*"))
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);

    [Fact]
    public async Task One_that_current_rules_point_to_is_not_retired_and_can_be_paused()
    {
        var (inRule, inOtherwise, authority) = (await _server.RegisterAsync(shared.NewKey()), await _server.RegisterAsync(shared.NewKey()), shared.NewAuthority());
        var rules = Setup.Rules(Setup.Rule("Alt", inRule.Key));
        rules.Otherwise = inOtherwise.Key;
        await _server.PublishAsync(rules, authority);

        foreach (var fagsystem in new[] { inRule, inOtherwise })
        {
            var problem = await (await PutAsync(fagsystem, "*", "RETIRED")).ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.FAGSYSTEM_IN_USE);
            problem.Text("detail")!.ShouldContain(authority);
            (await PutAsync(fagsystem, "*")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")), authority);
        (await PutAsync(inRule, "*", "RETIRED")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static FagsystemChange Change(Fagsystem fagsystem, FagsystemState state) =>
        new() { Name = fagsystem.Name, Owner = fagsystem.Owner, Kind = fagsystem.Kind, State = state, SystemIds = fagsystem.SystemIds };

    private Task<HttpResponseMessage> PutAsync(Fagsystem fagsystem, string? ifMatch, string state = "PAUSED") => _server.CallAsync("PUT", $"fagsystemer/{fagsystem.Key}",
        $$"""{"name":"{{fagsystem.Name}}","owner":"O","kind":"INBOX","state":"{{state}}"}""", ifMatch);
}
