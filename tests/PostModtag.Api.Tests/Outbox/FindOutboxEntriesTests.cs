using System.Net;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Outbox;

/// <summary>What is told to others of decided messages can be found by what it is, where it stands and who gets it.</summary>
[Operation("FindOutboxEntries")]
public sealed class FindOutboxEntriesTests : IAsyncLifetime
{
    private StandInDigitalPost _digitalPost = null!;
    private Delivering _delivering = null!;

    public async Task InitializeAsync()
    {
        _digitalPost = await StandInDigitalPost.StartAsync();
        _delivering = await Delivering.StartAsync(settings: ReceiptRelayTests.Settings(_digitalPost.Url));
        await _delivering.Server.RegisterAsync("arkiv");
        await _delivering.Server.ChangeFagsystemAsync(Delivering.Key, change => change.HandOnTo = ["arkiv", "indbakke"]);
    }

    public async Task DisposeAsync()
    {
        await _delivering.DisposeAsync();
        await _digitalPost.DisposeAsync();
    }

    [Fact]
    public async Task The_newest_first_by_kind_state_and_fagsystem_a_page_at_a_time()
    {
        _digitalPost.AnswerWith(503);
        var memos = Enumerable.Range(0, 3).Select(_ => new TestMemo()).ToList();
        foreach (var memo in memos)
        {
            await _delivering.PostAsync(memo);
            await _delivering.UntilAsync(memo, message => message.Outbox.Count(entry => entry.State == OutboxState.TAKEN) == 2);
        }

        (await FindAsync()).Count.ShouldBe(9);
        (await FindAsync()).Select(entry => entry.Id).ShouldBeInOrder(SortDirection.Descending);
        (await FindAsync(OutboxKind.RECEIPT)).Select(entry => entry.MessageUuid).ShouldBe(memos.Select(memo => memo.Uuid).Reverse());
        (await FindAsync(state: OutboxState.TAKEN)).ShouldAllBe(entry => entry.Kind == OutboxKind.COPY);
        (await FindAsync(OutboxKind.COPY, fagsystem: "arkiv")).Select(entry => (entry.Fagsystem, entry.MessageUuid)).ShouldBe(memos.Select(memo => ((string?)"arkiv", memo.Uuid)).Reverse());
        (await FindAsync(OutboxKind.RECEIPT, OutboxState.TAKEN)).ShouldBeEmpty();
        (await FindAsync(fagsystem: "ukendt")).ShouldBeEmpty();

        var paged = new List<OutboxEntry>();
        string? cursor = null;
        do
        {
            var page = (await _delivering.Server.Outbox.FindOutboxEntriesAsync(pageSize: 4, cursor: cursor)).Result;
            page.Entries.Count.ShouldBeInRange(1, 4);
            paged.AddRange(page.Entries);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        paged.Select(entry => entry.Id).ShouldBe((await FindAsync()).Select(entry => entry.Id));
    }

    [Theory]
    [InlineData("kind=SMS", "kind")]
    [InlineData("state=LOST", "state")]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("cursor=abc", "cursor")]
    public async Task A_filter_that_is_none_is_said(string query, string parameter)
    {
        using var response = await _delivering.Server.Client.GetAsync($"outbox?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.JsonAsync();
        problem.Text("code").ShouldBe("PARAMETER_INVALID");
        problem.GetRawText().ShouldContain(parameter);
    }

    private async Task<IReadOnlyList<OutboxEntry>> FindAsync(OutboxKind? kind = null, OutboxState? state = null, string? fagsystem = null) =>
        [.. (await _delivering.Server.Outbox.FindOutboxEntriesAsync(kind, state, fagsystem)).Result.Entries];
}
