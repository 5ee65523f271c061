using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A reply that names a registered fagsystem goes there before the rules are asked.</summary>
[Operation("ReceiveMessage")]
public sealed class ReplyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    [Fact]
    public async Task By_the_generatingSystemID_whatever_the_letter_case()
    {
        var id = Guid.NewGuid().ToString();
        var home = await HomeAsync(id);
        var routing = (await SendAsync(Reply(id.ToUpperInvariant()))).Routing!;

        routing.Fagsystem.ShouldBe(home);
        routing.Basis.ShouldBe(RoutingBasis.REPLY);
        routing.Rule.ShouldBeNull();
        routing.Version.ShouldBe(1);
        routing.Reasons.ShouldBe(["ReplyData/generatingSystemID"]);
    }

    [Fact]
    public async Task By_the_cases_system_when_there_is_no_other_and_by_key_and_name_too()
    {
        var home = await HomeAsync();
        foreach (var name in new[] { home.ToUpperInvariant(), $"FAGSYSTEM {home}" })
        {
            var routing = (await SendAsync(Case(name) + Reply(null))).Routing!;
            routing.Fagsystem.ShouldBe(home);
            routing.Reasons.ShouldBe(["ContentData/CaseID/caseSystem"]);
        }
    }

    [Fact]
    public async Task By_the_newest_letter_that_names_one_and_before_the_case()
    {
        var (newest, older, itsCase) = (await HomeAsync("A" + shared.NewKey()), await HomeAsync("B" + shared.NewKey()), await HomeAsync("C" + shared.NewKey()));
        (await FoundAsync(Case(itsCase) + Reply("ukendt") + Reply(newest) + Reply(older))).ShouldBe(newest);
        (await FoundAsync(Case(itsCase) + Reply("ukendt"))).ShouldBe(itsCase);
    }

    [Fact]
    public async Task Not_when_nobody_is_called_so_or_it_is_no_reply()
    {
        var home = await HomeAsync();
        (await FoundAsync(Reply("ukendt"))).ShouldBe("indbakke");
        (await FoundAsync(Case(home))).ShouldBe("indbakke");
    }

    [Fact]
    public async Task Not_when_the_authority_has_switched_it_off()
    {
        var home = await HomeAsync();
        var rules = Setup.Rules(Setup.Rule("Alt", "indbakke"));
        rules.RepliesFindHome = false;
        await _server.PublishAsync(rules, _authority);
        var routing = (await SendAsync(Reply(home))).Routing!;
        routing.Basis.ShouldBe(RoutingBasis.RULE);
        routing.Fagsystem.ShouldBe("indbakke");
    }

    [Fact]
    public async Task Not_to_one_that_is_retired_and_to_a_paused_one_it_waits()
    {
        var home = await HomeAsync();
        await SetStateAsync(home, FagsystemState.PAUSED);
        var waiting = await SendAsync(Reply(home));
        waiting.Summary.State.ShouldBe(MessageState.RECEIVED);
        waiting.Routing!.Fagsystem.ShouldBe(home);
        await SetStateAsync(home, FagsystemState.RETIRED);
        (await FoundAsync(Reply(home))).ShouldBe("indbakke");
    }

    [Fact]
    public async Task Also_when_no_rule_would_take_it()
    {
        var home = await HomeAsync();
        await _server.PublishAsync(Setup.Rules(), _authority);
        (await FoundAsync(Reply(home))).ShouldBe(home);
    }

    private async Task<string> HomeAsync(params string[] systemIds)
    {
        var key = (await _server.RegisterAsync(shared.NewKey(), systemIds)).Key;
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")), _authority);
        return key;
    }

    private Task<MessageDetails> SendAsync(string header) => _server.ReceiveAsync(new TestMemo { RecipientId = _authority, ExtraHeader = header });

    private async Task<string?> FoundAsync(string header) => (await SendAsync(header)).Summary.Fagsystem;

    private async Task SetStateAsync(string key, FagsystemState state) => await _server.Fagsystemer.ChangeFagsystemAsync(
        new FagsystemChange { Name = $"Fagsystem {key}", Owner = "O", Kind = FagsystemKind.INBOX, State = state }, key, "*");

    private static string Case(string system) =>
        $"<memo:ContentData><memo:CaseID><memo:caseID>S-1</memo:caseID><memo:caseSystem>{system}</memo:caseSystem></memo:CaseID></memo:ContentData>";

    private static string Reply(string? system) => $"<memo:ReplyData><memo:messageUUID>{Guid.NewGuid()}</memo:messageUUID>"
        + (system is null ? "" : $"<memo:generatingSystemID>{system}</memo:generatingSystemID>") + "</memo:ReplyData>";
}
