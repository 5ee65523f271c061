using System.Net;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Outbox;

/// <summary>A person has what was refused sent again; nothing else.</summary>
[Operation("RetryOutboxEntry")]
public sealed class RetryOutboxEntryTests : IAsyncLifetime
{
    private StandInDigitalPost _digitalPost = null!;
    private Delivering _delivering = null!;

    public async Task InitializeAsync()
    {
        _digitalPost = await StandInDigitalPost.StartAsync();
        _delivering = await Delivering.StartAsync(settings: ReceiptRelayTests.Settings(_digitalPost.Url));
    }

    public async Task DisposeAsync()
    {
        await _delivering.DisposeAsync();
        await _digitalPost.DisposeAsync();
    }

    [Fact]
    public async Task It_is_in_the_audit_trail()
    {
        var entry = await EntryAsync(400, "nej", OutboxState.REFUSED);
        var again = (await _delivering.Server.Outbox.RetryOutboxEntryAsync(entry.Id, "Bente")).Result;

        (again.Id, again.State, again.NextAttemptAt, again.EndedAt).ShouldBe((entry.Id, OutboxState.WAITING, _delivering.Clock.Now, null));
        var audit = (await _delivering.Server.Audit.FindAuditEntriesAsync()).Result.Entries[0];
        (audit.Actor, audit.Action, audit.Detail).ShouldBe(("Bente", AuditAction.OUTBOX_RETRIED, $"the receipt of message {entry.MessageUuid} for Digital Post is sent again"));
    }

    [Theory]
    [InlineData(200, null, OutboxState.TAKEN)]
    [InlineData(503, null, OutboxState.WAITING)]
    public async Task What_was_taken_or_waits_is_not_sent_again_for_that(int status, string? code, OutboxState state)
    {
        var entry = await EntryAsync(status, code, state);
        var calls = _digitalPost.Calls.Count;

        await Calls.ShouldBeProblemAsync(() => _delivering.Server.Outbox.RetryOutboxEntryAsync(entry.Id), HttpStatusCode.Conflict, AdministrationProblemCode.OUTBOX_ENTRY_NOT_ENDED);
        (await _delivering.Server.Audit.FindAuditEntriesAsync()).Result.Entries.ShouldAllBe(audit => audit.Action != AuditAction.OUTBOX_RETRIED);
        _digitalPost.Calls.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_found() =>
        await Calls.ShouldBeProblemAsync(() => _delivering.Server.Outbox.RetryOutboxEntryAsync(123_456), HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);

    private async Task<OutboxEntry> EntryAsync(int status, string? code, OutboxState state)
    {
        _digitalPost.AnswerWith(status, code);
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);
        return (await _delivering.UntilAsync(memo, message => message.Outbox[0].Attempts == 1 && message.Outbox[0].State == state)).Outbox[0];
    }
}
