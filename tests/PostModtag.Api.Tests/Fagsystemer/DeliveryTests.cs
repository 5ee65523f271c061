using System.Net;
using PostModtag.Application.Fagsystemer;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Fagsystemer;

/// <summary>What state a fagsystem is in, and whose code it is, decides whether a message gets there.</summary>
[Operation("ReceiveMessage")]
[Operation("ChangeFagsystem")]
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(_script.Register);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_vendors_handler_is_registered_at_the_start_and_a_rule_can_send_to_it()
    {
        var handler = (await _server.Fagsystemer.GetFagsystemAsync(Script.FagsystemName)).Result;
        handler.Kind.ShouldBe(FagsystemKind.HANDLER);
        handler.State.ShouldBe(FagsystemState.ACTIVE);
        await _server.RegisterAsync("andet");
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Klager", Script.FagsystemName, Setup.When("label", ConditionOperator.Contains, "klage")), Setup.Rule("Resten", "andet")));

        (await _server.ReceiveAsync(new TestMemo { Label = "En klage" })).Summary.Fagsystem.ShouldBe(Script.FagsystemName);
        (await _server.ReceiveAsync(new TestMemo { Label = "Tak" })).Summary.Fagsystem.ShouldBe("andet");
        _script.Deliveries.ShouldHaveSingleItem().Header.Label.ShouldBe("En klage");
    }

    [Fact]
    public async Task What_an_administrator_made_of_a_handler_stays_when_the_server_starts_again()
    {
        var folder = Directory.CreateTempSubdirectory("postmodtag-").FullName;
        await using (var first = await TestServer.StartAsync(_script.Register, folder))
            await SetStateAsync(first, FagsystemState.PAUSED);
        await using (var second = await TestServer.StartAsync(_script.Register, folder))
        {
            (await second.Fagsystemer.GetFagsystemAsync(Script.FagsystemName)).Result.State.ShouldBe(FagsystemState.PAUSED);
            (await second.Audit.FindAuditEntriesAsync(fagsystem: Script.FagsystemName)).Result.Entries.Count.ShouldBe(2);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_handler_of_this_process_is_not_removed_and_can_be_retired()
    {
        await (await _server.CallAsync("DELETE", $"fagsystemer/{Script.FagsystemName}", ifMatch: "*"))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.FAGSYSTEM_IN_USE);
        await SetStateAsync(_server, FagsystemState.RETIRED);
    }

    [Fact]
    public async Task Messages_for_a_paused_one_wait_and_are_delivered_once_when_they_come_again_after_it_is_active()
    {
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", Script.FagsystemName)));
        await SetStateAsync(_server, FagsystemState.PAUSED);
        var memo = new TestMemo();

        using var waiting = await _server.PostAsync(memo.ToBytes());
        waiting.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        waiting.Headers.RetryAfter.ShouldNotBeNull();
        (await waiting.JsonAsync()).Text("code").ShouldBe("FAGSYSTEM_UNDECIDED");
        var kept = (await _server.Messages.GetMessageAsync(memo.Uuid)).Result;
        kept.Summary.State.ShouldBe(MessageState.RECEIVED);
        kept.Routing!.Fagsystem.ShouldBe(Script.FagsystemName);
        kept.Receipt.ShouldBeNull();
        _script.Deliveries.ShouldBeEmpty();

        await SetStateAsync(_server, FagsystemState.ACTIVE);
        using var delivered = await _server.PostAsync(memo.ToBytes());
        using var again = await _server.PostAsync(memo.ToBytes());
        delivered.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsByteArrayAsync()).ShouldBe(await delivered.Content.ReadAsByteArrayAsync());
        _script.Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Messages_that_waited_for_one_that_was_retired_still_wait()
    {
        _script.Answer = (_, _) => throw new InvalidOperationException("ikke nu");
        var memo = new TestMemo();
        (await _server.ReceiveAsync(memo)).Summary.State.ShouldBe(MessageState.RECEIVED);
        _script.Answer = (_, _) => Task.FromResult(FagsystemAnswer.Accept());
        await SetStateAsync(_server, FagsystemState.RETIRED);
        (await _server.ReceiveAsync(memo)).Summary.State.ShouldBe(MessageState.RECEIVED);
        await SetStateAsync(_server, FagsystemState.ACTIVE);
        (await _server.ReceiveAsync(memo)).Summary.State.ShouldBe(MessageState.ACCEPTED);
    }

    [Fact]
    public async Task A_handlers_fagsystem_can_be_made_an_inbox_and_back()
    {
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", Script.FagsystemName)));
        await SetStateAsync(_server, FagsystemState.ACTIVE, FagsystemKind.INBOX);
        (await _server.ReceiveAsync(new TestMemo())).Summary.State.ShouldBe(MessageState.ACCEPTED);
        _script.Deliveries.ShouldBeEmpty();
        await SetStateAsync(_server, FagsystemState.ACTIVE);
        await _server.ReceiveAsync(new TestMemo());
        _script.Deliveries.Count.ShouldBe(1);
    }

    private static async Task SetStateAsync(TestServer server, FagsystemState state, FagsystemKind kind = FagsystemKind.HANDLER) => await server.Fagsystemer.ChangeFagsystemAsync(
        new FagsystemChange { Name = "Journal", Owner = "Leverandøren", Kind = kind, State = state }, Script.FagsystemName, "*");
}
