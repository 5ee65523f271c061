using System.Net;
using System.Text;
using PostModtag.Api.Tests.Outbox;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Audit;

/// <summary>Every change is in the audit trail, with who, when, what and of what; what failed or changed nothing is not.</summary>
[Operation("FindAuditEntries")]
public sealed class FindAuditEntriesTests : IAsyncLifetime
{
    private const string Authority = Setup.Authority;

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_change_is_there_with_who_and_of_what()
    {
        await ChangeEverythingAsync("Karen");

        var entries = (await _server.Audit.FindAuditEntriesAsync()).Result.Entries;

        entries.Select(entry => (entry.Actor, entry.Action, entry.Authority, entry.Fagsystem)).ShouldBe(
        [
            ("Karen", AuditAction.FAGSYSTEM_REMOVED, null, "sager"),
            ("Karen", AuditAction.DRAFT_DISCARDED, Authority, null),
            ("Karen", AuditAction.DRAFT_IMPORTED, Authority, null),
            ("Karen", AuditAction.RULES_REPUBLISHED, Authority, null),
            ("Karen", AuditAction.RULES_PUBLISHED, Authority, null),
            ("Karen", AuditAction.DRAFT_SAVED, Authority, null),
            ("Karen", AuditAction.FAGSYSTEM_CHANGED, null, "sager"),
            ("Karen", AuditAction.FAGSYSTEM_REGISTERED, null, "sager"),
            ("the server", AuditAction.FAGSYSTEM_REGISTERED, null, "indbakke"),
        ]);
        entries.ShouldAllBe(entry => DateTimeOffset.UtcNow - entry.At < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Credentials_and_a_persons_decisions_are_there_too_and_with_them_every_action()
    {
        await ChangeEverythingAsync("Karen");
        var before = await CountAsync();
        await _server.RegisterAsync("andet");
        await _server.Fagsystemer.SetFagsystemCredentialAsync(new FagsystemCredential { Token = "hemmeligt" }, "andet", "Bente");
        await _server.Fagsystemer.RemoveFagsystemCredentialAsync("andet", "Bente");
        await _server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = "Indbakke", Owner = "O", Kind = FagsystemKind.INBOX, State = FagsystemState.PAUSED }, "indbakke", "*", "Bente");
        var (moved, rejected) = (new TestMemo { RecipientId = "90000002" }, new TestMemo { RecipientId = "90000002" });
        await _server.ReceiveAsync(moved);
        await _server.ReceiveAsync(rejected);
        await _server.Messages.DecideMessageAsync(new MessageDecision { Action = MessageDecisionAction.RETRY, Reason = "Måske nu" }, moved.Uuid, "Bente");
        await _server.Messages.DecideMessageAsync(new MessageDecision { Action = MessageDecisionAction.REDIRECT, Fagsystem = "andet", Reason = "Hører til dér" }, moved.Uuid, "Bente");
        await _server.Messages.DecideMessageAsync(new MessageDecision { Action = MessageDecisionAction.REJECT, Reason = "Ikke vores" }, rejected.Uuid, "Bente");

        var copy = await _server.RefuseCopyAsync(rejected, "andet");
        await _server.Outbox.RetryOutboxEntryAsync(copy, "Bente");

        var entries = (await _server.Audit.FindAuditEntriesAsync()).Result.Entries.Where(entry => entry.Action != AuditAction.MESSAGE_VIEWED).ToList();

        entries.Take(6).Select(entry => (entry.Actor, entry.Action, entry.Fagsystem, entry.Detail)).ShouldBe(
        [
            ("Bente", AuditAction.OUTBOX_RETRIED, "andet", $"the copy of message {rejected.Uuid} for andet is sent again"),
            ("Bente", AuditAction.MESSAGE_REJECTED, "indbakke", $"message {rejected.Uuid} rejected: Ikke vores"),
            ("Bente", AuditAction.MESSAGE_REDIRECTED, "andet", $"message {moved.Uuid} from indbakke to andet: Hører til dér"),
            ("Bente", AuditAction.MESSAGE_RETRIED, "indbakke", $"message {moved.Uuid} asked indbakke again: Måske nu"),
            ("Bente", AuditAction.FAGSYSTEM_CHANGED, "indbakke", entries[4].Detail),
            ("Bente", AuditAction.CREDENTIAL_REMOVED, "andet", "Token Bearer"),
        ]);
        entries.Count.ShouldBe(before + 8);
        entries.Select(entry => entry.Action).Distinct().ShouldBe(
            Enum.GetValues<AuditAction>().Except([AuditAction.MESSAGE_VIEWED, AuditAction.CPR_SHOWN, AuditAction.CONTENTS_DELETED, AuditAction.MESSAGES_DELETED]), ignoreOrder: true, "all but views and deletions, which have tests of their own");
    }

    [Fact]
    public async Task An_entry_says_in_words_what_was_changed()
    {
        await ChangeEverythingAsync("Karen");
        var details = (await _server.Audit.FindAuditEntriesAsync()).Result.Entries.ToLookup(entry => entry.Action, entry => entry.Detail);

        details[AuditAction.FAGSYSTEM_CHANGED].Single().ShouldSatisfyAllConditions(
            detail => detail.ShouldContain("Fagsystem sager"), detail => detail.ShouldContain("Nyt navn"), detail => detail.ShouldContain("Paused"));
        details[AuditAction.DRAFT_SAVED].Single().ShouldBe("added Klager (label contains klage → indbakke)");
        details[AuditAction.RULES_PUBLISHED].Single().ShouldBe("publication 1, 1 rules: Første");
        details[AuditAction.RULES_REPUBLISHED].Single().ShouldBe("publication 2, publication 1 again, 1 rules: Igen");
        details[AuditAction.DRAFT_IMPORTED].Single().ShouldBe("removed Klager (label contains klage → indbakke)");
        details[AuditAction.DRAFT_DISCARDED].Single().ShouldBe("the draft had 0 rules");
    }

    [Fact]
    public async Task The_authority_and_the_fagsystem_filter()
    {
        await ChangeEverythingAsync("Karen");
        await _server.Drafts.SaveDraftAsync(Setup.Rules(), "90000002", "*");

        (await FoundAsync("90000002", null)).ShouldBe([AuditAction.DRAFT_SAVED]);
        (await FoundAsync(null, "sager")).ShouldBe([AuditAction.FAGSYSTEM_REMOVED, AuditAction.FAGSYSTEM_CHANGED, AuditAction.FAGSYSTEM_REGISTERED]);
        (await FoundAsync(Authority, null)).Count().ShouldBe(5);
        (await FoundAsync(Authority, "sager")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_are_whole_and_what_comes_meanwhile_shifts_nothing()
    {
        await ChangeEverythingAsync("Karen");
        var all = (await _server.Audit.FindAuditEntriesAsync()).Result.Entries.Select(entry => entry.Action).ToList();
        var found = new List<AuditAction>();
        string? cursor = null;
        do
        {
            var page = (await _server.Audit.FindAuditEntriesAsync(pageSize: 4, cursor: cursor)).Result;
            found.AddRange(page.Entries.Select(entry => entry.Action));
            cursor = page.NextCursor;
            await _server.Drafts.SaveDraftAsync(Setup.Rules(), "90000002", "*");
        }
        while (cursor is not null);
        found.ShouldBe(all);
    }

    [Fact]
    public async Task What_failed_or_changed_nothing_is_not_there()
    {
        var before = await CountAsync();
        foreach (var (method, path, body, ifMatch) in new (string, string, string?, string?)[]
        {
            ("POST", "fagsystemer", """{"key":"indbakke","name":"N","owner":"O","kind":"INBOX"}""", null),
            ("POST", "fagsystemer", """{"key":"k","name":"","owner":"O","kind":"INBOX"}""", null),
            ("PUT", "fagsystemer/indbakke", """{"name":"N","owner":"O","kind":"INBOX","state":"PAUSED"}""", "\"99\""),
            ("DELETE", "fagsystemer/indbakke", null, "*"),
            ("DELETE", "fagsystemer/intet", null, "*"),
            ("PUT", $"authorities/{Authority}/draft", """{"rules":[]}""", "\"99\""),
            ("PUT", $"authorities/{Authority}/draft", """{"rules":[]}""", null),
            ("PUT", $"authorities/{Authority}/draft/file", "rules: alle", "*"),
            ("POST", $"authorities/{Authority}/draft/file/differences", "rules: []", null),
            ("DELETE", $"authorities/{Authority}/draft", null, "*"),
            ("POST", $"authorities/{Authority}/publications", """{"comment":"Intet"}""", "*"),
            ("POST", $"authorities/{Authority}/publications", """{"comment":""}""", "*"),
        })
        {
            using var response = await _server.CallAsync(method, path, body, ifMatch);
        }

        (await CountAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(null, "anonymous")]
    [InlineData("   ", "anonymous")]
    [InlineData(" Karen ", "Karen")]
    public async Task Who_does_it_is_what_the_call_says(string? actor, string shown)
    {
        using var response = await _server.CallAsync("PUT", $"authorities/{Authority}/draft", """{"rules":[]}""", "*", actor: actor);
        (await _server.Audit.FindAuditEntriesAsync(Authority)).Result.Entries[0].Actor.ShouldBe(shown);
        (await _server.Drafts.GetDraftAsync(Authority)).Result.ChangedBy.ShouldBe(shown);
    }

    [Fact]
    public async Task A_name_with_Danish_letters_is_kept_and_a_very_long_one_cut()
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = _server.Client.BaseAddress };
        await new DraftsClient(client).SaveDraftAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")), Authority, "*", "Søren Ærø-Ågård");
        await new PublicationsClient(client).PublishRulesAsync(new PublicationRequest { Comment = "Blåbærgrød" }, Authority, "*", "Søren Ærø-Ågård");
        await new DraftsClient(client).SaveDraftAsync(Setup.Rules(), Authority, "*", new string('ø', 300));

        var entries = (await _server.Audit.FindAuditEntriesAsync(Authority)).Result.Entries;
        entries.Select(entry => entry.Actor).ShouldBe([new string('ø', 256), "Søren Ærø-Ågård", "Søren Ærø-Ågård"]);
        var publication = (await _server.Publications.GetPublicationAsync(Authority, 1)).Result;
        (publication.PublishedBy, publication.Comment).ShouldBe(("Søren Ærø-Ågård", "Blåbærgrød"));
    }

    [Fact]
    public async Task A_change_of_very_many_rules_is_told_in_few_words()
    {
        await _server.Drafts.SaveDraftAsync(Setup.Rules([.. Enumerable.Range(1, 500).Select(i => Setup.Rule($"Regel {i}", "indbakke"))]), Authority, "*");
        var detail = (await _server.Audit.FindAuditEntriesAsync(Authority)).Result.Entries.Single().Detail;
        detail.ShouldContain("added Regel 20 ");
        detail.ShouldEndWith("and 480 more differences");
    }

    [Theory]
    [InlineData("pageSize=0")]
    [InlineData("cursor=f61")]
    [InlineData("cursor=a-1")]
    public async Task A_wrong_parameter_is_a_400(string query) =>
        await (await _server.CallAsync("GET", $"audit?{query}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);

    private async Task ChangeEverythingAsync(string actor)
    {
        await _server.Fagsystemer.RegisterFagsystemAsync(new NewFagsystem { Key = "sager", Name = "Fagsystem sager", Owner = "O", Kind = FagsystemKind.INBOX }, actor);
        await _server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = "Nyt navn", Owner = "O", Kind = FagsystemKind.INBOX, State = FagsystemState.PAUSED }, "sager", "*", actor);
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Klager", "indbakke", Setup.When("label", ConditionOperator.Contains, "klage"))), Authority, "*", actor);
        await _server.Publications.PublishRulesAsync(new PublicationRequest { Comment = "Første" }, Authority, "*", actor);
        await _server.Publications.PublishRulesAsync(new PublicationRequest { Version = "1", Comment = "Igen" }, Authority, "*", actor);
        await _server.Drafts.ImportRulesAsync(new MemoryStream("rules: []"u8.ToArray()), Authority, "*", actor);
        await _server.Drafts.DiscardDraftAsync(Authority, "*", actor);
        await _server.Fagsystemer.RemoveFagsystemAsync("sager", "*", actor);
    }

    private async Task<int> CountAsync() => (await _server.Audit.FindAuditEntriesAsync()).Result.Entries.Count;

    private async Task<IEnumerable<AuditAction>> FoundAsync(string? authority, string? fagsystem) =>
        (await _server.Audit.FindAuditEntriesAsync(authority, fagsystem)).Result.Entries.Select(entry => entry.Action);
}
