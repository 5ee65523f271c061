using System.Net;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Outbox;

/// <summary>A person has what was refused sent again, and what waits sent now; nothing else.</summary>
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

    [Fact]
    public async Task One_that_waits_for_its_time_is_sent_now_however_long_it_was_told_to_wait()
    {
        _digitalPost.AnswerWith(429, retryAfter: TimeSpan.FromDays(10_000));
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);
        var waiting = (await _delivering.UntilAsync(memo, message => message.Outbox[0].Attempts == 1)).Outbox[0];
        (waiting.NextAttemptAt - _delivering.Clock.Now).ShouldBe(TimeSpan.FromDays(1));

        _digitalPost.Instead = null;
        await _delivering.Server.Outbox.RetryOutboxEntryAsync(waiting.Id, "Bente");

        await _delivering.UntilAsync(memo, message => message.Outbox[0].State == OutboxState.TAKEN);
    }

    [Fact]
    public async Task One_that_is_being_sent_is_left_alone()
    {
        var sending = new TaskCompletionSource();
        _digitalPost.Instead = async (context, _) =>
        {
            await sending.Task.WaitAsync(context.RequestAborted);
            return false;
        };
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);
        await Eventually.BeSoAsync(() => _digitalPost.Calls.Count == 1);
        var entry = (await _delivering.GetAsync(memo)).Outbox[0];

        await Calls.ShouldBeProblemAsync(() => _delivering.Server.Outbox.RetryOutboxEntryAsync(entry.Id), HttpStatusCode.Conflict, AdministrationProblemCode.OUTBOX_ENTRY_NOT_ENDED);
        sending.SetResult();

        (await _delivering.UntilAsync(memo, message => message.Outbox[0].State == OutboxState.TAKEN)).Outbox[0].Attempts.ShouldBe(1);
    }

    [Theory]
    [InlineData(200, null, OutboxState.TAKEN)]
    public async Task What_was_taken_is_not_sent_again(int status, string? code, OutboxState state)
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
