using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Contract.Administration;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A publication counts for the next message at once, and never in the middle of one.</summary>
[Operation("ReceiveMessage")]
[Operation("PublishRules")]
public sealed class RoutingVersionTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(_script.Register);
        await _server.RegisterAsync("andet");
        await PublishAsync("Til journalen", Script.FagsystemName);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task It_counts_for_the_next_message_and_earlier_ones_keep_what_decided_them()
    {
        var before = new TestMemo();
        var kept = (await _server.ReceiveAsync(before)).Routing!;
        await PublishAsync("Til andet", "andet");

        var after = (await _server.ReceiveAsync(new TestMemo())).Routing!;
        (after.Version, after.Rule, after.Fagsystem).ShouldBe((2, "Til andet", "andet"));
        var still = (await _server.ReceiveAsync(before)).Routing!;
        (still.Version, still.Rule, still.Fagsystem).ShouldBe((1, "Til journalen", Script.FagsystemName));
        still.Reasons.ShouldBe(kept.Reasons);
        still.Reasons.ShouldBe(["messageType equals DIGITALPOST"]);
    }

    [Fact]
    public async Task What_a_message_goes_by_until_it_is_kept_is_asked_for_once()
    {
        CountedRevision revision = null!;
        await using var server = await TestServer.StartAsync(services =>
        {
            var own = services.Last(descriptor => descriptor.ServiceType == typeof(ISetupRevision)).ImplementationFactory!;
            services.AddSingleton<ISetupRevision>(provider => revision = new CountedRevision((ISetupRevision)own(provider)));
        });
        var asked = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var before = revision.Asked;
            (await server.ReceiveAsync(new TestMemo())).Summary.State.ShouldBe(MessageState.ACCEPTED);
            asked.Add(revision.Asked - before);
        }

        // What goes on beside them may ask too.
        asked.Min().ShouldBe(1);
    }

    [Fact]
    public async Task A_saved_draft_counts_for_nothing()
    {
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Til andet", "andet")), Setup.Authority, "*");
        (await _server.ReceiveAsync(new TestMemo())).Routing!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_in_the_middle_keeps_the_version_that_it_began_with()
    {
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _script.Answer = async (_, _) =>
        {
            asked.SetResult();
            await go.Task;
            return FagsystemAnswer.Accept();
        };
        var memo = new TestMemo();
        var sending = _server.PostAsync(memo.ToBytes());
        await asked.Task;
        await PublishAsync("Til andet", "andet");
        (await _server.ReceiveAsync(new TestMemo())).Routing!.Version.ShouldBe(2);
        go.SetResult();

        (await sending).StatusCode.ShouldBe(HttpStatusCode.OK);
        var message = (await _server.Messages.GetMessageAsync(memo.Uuid)).Result;
        message.Summary.Fagsystem.ShouldBe(Script.FagsystemName);
        message.Routing!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_is_not_decided_goes_to_the_same_fagsystem_again_after_the_rules_have_changed()
    {
        _script.Answer = (_, _) => throw new InvalidOperationException("ikke nu");
        var memo = new TestMemo();
        using var undecided = await _server.PostAsync(memo.ToBytes());
        undecided.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await PublishAsync("Til andet", "andet");
        _script.Answer = (_, _) => Task.FromResult(FagsystemAnswer.Accept());

        var message = await _server.ReceiveAsync(memo);

        message.Summary.State.ShouldBe(MessageState.ACCEPTED);
        message.Summary.Fagsystem.ShouldBe(Script.FagsystemName);
        message.Routing!.Version.ShouldBe(1);
        _script.Deliveries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Another_node_sees_what_this_one_published_with_its_next_message_and_reads_nothing_while_nothing_changes()
    {
        var otherNode = new RoutingTables(_server.Services.GetRequiredService<ISetupStore>());
        var before = await otherNode.CurrentAsync(CancellationToken.None);
        (await otherNode.CurrentAsync(CancellationToken.None)).ShouldBeSameAs(before);
        before.CurrentVersion(Setup.Authority).ShouldBe(1);

        await PublishAsync("Til andet", "andet");
        await _server.RegisterAsync("tredje", "ESDH");

        var after = await otherNode.CurrentAsync(CancellationToken.None);
        after.Revision.ShouldBeGreaterThan(before.Revision);
        after.CurrentVersion(Setup.Authority).ShouldBe(2);
        after.KeyNamed("esdh").ShouldBe("tredje");
        before.CurrentVersion(Setup.Authority).ShouldBe(1);
    }

    [Fact]
    public async Task A_change_that_another_node_came_before_is_not_kept_over_it()
    {
        var store = _server.Services.GetRequiredService<ISetupStore>();
        var revision = await store.GetRevisionAsync(CancellationToken.None);
        var audit = new Domain.Audit.AuditEntry(DateTimeOffset.UtcNow, "en anden node", Domain.Audit.AuditAction.DraftSaved, "99999999", null, "");
        await _server.RegisterAsync("foerst");

        (await store.ApplyAsync(new SetupChange { Audit = audit }, revision, CancellationToken.None)).ShouldBeFalse();
        (await _server.Audit.FindAuditEntriesAsync(authority: "99999999")).Result.Entries.ShouldBeEmpty();
    }

    private async Task PublishAsync(string rule, string fagsystem) =>
        await _server.PublishAsync(Setup.Rules(Setup.Rule(rule, fagsystem, Setup.When("messageType", ConditionOperator.Equals, "DIGITALPOST"))));

    private sealed class CountedRevision(ISetupRevision revision) : ISetupRevision
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public Task<long> GetAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return revision.GetAsync(cancellationToken);
        }

        public void Changed() => revision.Changed();
    }
}
