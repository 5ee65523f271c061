using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.Rows;

/// <summary>Changes of messages are written by a statement of our own. It leaves every column as EF's SaveChanges leaves it.</summary>
public sealed class EntityUpdateTests : IAsyncLifetime
{
    private TestInfrastructure _ours = null!;
    private TestInfrastructure _theirs = null!;

    public async Task InitializeAsync() => (_ours, _theirs) = (await TestInfrastructure.StartAsync(), await TestInfrastructure.StartAsync());

    public async Task DisposeAsync()
    {
        await _ours.DisposeAsync();
        await _theirs.DisposeAsync();
    }

    [Fact]
    public async Task A_change_and_all_that_is_kept_with_it_are_the_same_to_the_last_column()
    {
        foreach (var change in Changes)
        {
            var uuid = await KeepBothAsync();
            var before = await _ours.DumpAsync();
            var ours = Change(await FindAsync(_ours, uuid), change);

            await _ours.Messages.UpdateAsync(ours, CancellationToken.None);
            var theirs = await SaveAsync(uuid, change);

            (await _ours.DumpAsync()).ShouldNotBe(before);
            ours.Message.Revision.ShouldBe(theirs.Message.Revision);
        }

        (await _ours.DumpAsync()).ShouldBe(await _theirs.DumpAsync());
    }

    [Fact]
    public async Task A_message_can_be_changed_again_without_being_read_again()
    {
        var uuid = await KeepBothAsync();
        var message = await FindAsync(_ours, uuid);

        message.BeginAsking(TestMessages.Now);
        await _ours.Messages.UpdateAsync(new MessageChange { Message = message }, CancellationToken.None);
        message.Record(new DeliveryOutcome.Accepted(), TestMessages.Now, TestMessages.Now);
        await _ours.Messages.UpdateAsync(new MessageChange { Message = message }, CancellationToken.None);

        (await FindAsync(_ours, uuid)).Receipt.ShouldBe(message.Receipt);
    }

    /// <summary>What becomes of a message after it was kept the first time.</summary>
    private static Action<Message>[] Changes =>
    [
        message => message.BeginAsking(TestMessages.Now.AddMinutes(1)),
        message => message.Record(new DeliveryOutcome.Accepted(), TestMessages.Now, TestMessages.Now),
        message => message.Record(new DeliveryOutcome.Rejected(Rejection.ByFagsystem("Nej tak.", ReceiptStatus.NotAllowed)), TestMessages.Now, TestMessages.Now),
        message => message.Reject(Rejection.For(ReceiptError.SchemaViolation, [new Violation("/memo:Message", 1, 2, new BilingualText("da", "en"))]), TestMessages.Now),
        message => message.Redirect("sap", TestMessages.Now),
        message =>
        {
            message.Record(new DeliveryOutcome.Undecided(UndecidedReason.NotAuthorized, 401), TestMessages.Now, TestMessages.Now);
            message.Hold(TestMessages.Now.AddMinutes(2), TestMessages.Now);
        },
    ];

    private static MessageChange Change(Message message, Action<Message> change)
    {
        change(message);
        return new MessageChange
        {
            Message = message,
            Attempt = DeliveryAttempt.Of(1, "esdh", TestMessages.Now, TestMessages.Now, new DeliveryOutcome.Undecided(UndecidedReason.Timeout, 408)),
            Audit = new AuditEntry(TestMessages.Now, "Bente", AuditAction.MessageRetried, null, "esdh", "igen"),
            Copies = message.State == MessageState.Accepted ? [OutboxEntry.CopyOf(message, "sap")] : [],
        };
    }

    /// <summary>Keeps the same message in both.</summary>
    private async Task<Guid> KeepBothAsync()
    {
        var memo = new TestMemo();
        await using var reading = await _ours.ReadAsync(memo);
        await using var again = await _theirs.ReadAsync(memo);
        var message = TestMessages.Receive(reading.Memo);
        message.RouteTo("esdh");
        (await _ours.Messages.AddAsync(message, reading.Contents, CancellationToken.None)).ShouldBeTrue();
        (await _theirs.Messages.AddAsync(message, again.Contents, CancellationToken.None)).ShouldBeTrue();
        return message.MessageUuid;
    }

    private static async Task<Message> FindAsync(TestInfrastructure infrastructure, Guid uuid) => (await infrastructure.Messages.FindAsync(uuid, CancellationToken.None)).ShouldNotBeNull();

    /// <summary>Changes the message as EF has read it, and has EF find what that changed.</summary>
    private async Task<MessageChange> SaveAsync(Guid uuid, Action<Message> change)
    {
        await using var database = await _theirs.Databases.CreateDbContextAsync();
        var changed = Change(await database.Messages.AsTracking().SingleAsync(message => message.MessageUuid == uuid), change);
        database.Entry(changed.Message).Property(message => message.Revision).CurrentValue++;
        database.AddRange([AttemptRow.Of(changed.Message, changed.Attempt!), changed.Audit!, .. changed.Copies]);
        await database.SaveChangesAsync();
        return changed;
    }
}
