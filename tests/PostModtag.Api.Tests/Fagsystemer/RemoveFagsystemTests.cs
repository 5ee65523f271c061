using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Fagsystemer;

[Operation("RemoveFagsystem")]
public sealed class RemoveFagsystemTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task One_that_nothing_points_to_is_gone()
    {
        var key = (await _server.RegisterAsync(shared.NewKey())).Key;
        (await RemoveAsync(key, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _server.CallAsync("GET", $"fagsystemer/{key}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await (await RemoveAsync(key, "*")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
    }

    [Fact]
    public async Task Without_its_ETag_it_stays()
    {
        var key = (await _server.RegisterAsync(shared.NewKey())).Key;
        await (await RemoveAsync(key, null)).ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, AdministrationProblemCode.PRECONDITION_REQUIRED);
        await (await RemoveAsync(key, "\"2\"")).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, AdministrationProblemCode.PRECONDITION_FAILED);
        (await _server.Fagsystemer.GetFagsystemAsync(key)).Result.Key.ShouldBe(key);
    }

    [Fact]
    public async Task One_that_current_rules_point_to_stays_until_they_do_not()
    {
        var (key, authority) = ((await _server.RegisterAsync(shared.NewKey())).Key, shared.NewAuthority());
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", key)), authority);
        (await InUseAsync(key)).ShouldContain($"{authority} (publication 1)");

        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")), authority);
        (await RemoveAsync(key, "*")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task One_that_a_draft_points_to_stays_until_it_does_not()
    {
        var (key, authority) = ((await _server.RegisterAsync(shared.NewKey())).Key, shared.NewAuthority());
        var rules = Setup.Rules();
        rules.Otherwise = key;
        await _server.Drafts.SaveDraftAsync(rules, authority, "*");
        (await InUseAsync(key)).ShouldContain($"{authority} (draft)");

        await _server.Drafts.DiscardDraftAsync(authority, "*");
        (await RemoveAsync(key, "*")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task One_that_messages_wait_for_stays_and_one_that_has_answered_its_messages_can_go()
    {
        var (key, authority) = ((await _server.RegisterAsync(shared.NewKey())).Key, shared.NewAuthority());
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", key)), authority);
        var accepted = new TestMemo { RecipientId = authority };
        (await _server.ReceiveAsync(accepted)).Summary.State.ShouldBe(MessageState.ACCEPTED);
        await SetStateAsync(key, FagsystemState.PAUSED);
        var waiting = new TestMemo { RecipientId = authority };
        (await _server.ReceiveAsync(waiting)).Summary.State.ShouldBe(MessageState.RECEIVED);
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")), authority);

        (await InUseAsync(key)).ShouldContain("not decided");
        await SetStateAsync(key, FagsystemState.ACTIVE);
        (await _server.ReceiveAsync(waiting)).Summary.State.ShouldBe(MessageState.ACCEPTED);

        (await RemoveAsync(key, "*")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _server.Messages.GetMessageAsync(accepted.Uuid)).Result.Summary.Fagsystem.ShouldBe(key);
    }

    [Fact]
    public async Task The_indbakke_stays() => (await InUseAsync("indbakke")).ShouldContain("this process");

    private async Task<string> InUseAsync(string key) =>
        (await (await RemoveAsync(key, "*")).ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.FAGSYSTEM_IN_USE)).Text("detail")!;

    private Task<HttpResponseMessage> RemoveAsync(string key, string? ifMatch) => _server.CallAsync("DELETE", $"fagsystemer/{key}", ifMatch: ifMatch);

    private async Task SetStateAsync(string key, FagsystemState state) => await _server.Fagsystemer.ChangeFagsystemAsync(
        new FagsystemChange { Name = $"Fagsystem {key}", Owner = "Testkommunen", Kind = FagsystemKind.INBOX, State = state }, key, "*");
}
