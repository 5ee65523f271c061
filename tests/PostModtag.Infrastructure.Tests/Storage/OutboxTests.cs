using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Outbox;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What is to be told of a message is kept with its decision, once, and worked off by one node at a time.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestMessages.Now;

    private TestInfrastructure _infrastructure = null!;

    private IOutbox Outbox => _infrastructure.Services.GetRequiredService<IOutbox>();

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync(configure: options => options.DigitalPost.Relay = true);

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public async Task A_decision_and_what_is_to_be_told_of_it_are_kept_together_or_not_at_all()
    {
        var message = await _infrastructure.KeepAsync(TestMessages.WithFile(10), before: message => message.RouteTo("indbakke"));
        (await Outbox.FindOfMessageAsync(message.MessageUuid, CancellationToken.None)).ShouldBeEmpty();
        await Outbox.AddAsync(OutboxEntry.CopyOf(Accepted(message), "arkiv"), CancellationToken.None);

        // The copy is there already, so the whole change fails: the message stays as it was, and no receipt is to be told.
        var accepted = Accepted((await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None))!);
        await Should.ThrowAsync<Exception>(() => _infrastructure.Messages.UpdateAsync(new MessageChange { Message = accepted, Copies = [OutboxEntry.CopyOf(accepted, "arkiv")] }, CancellationToken.None));
        var unchanged = (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None))!;
        unchanged.IsDecided.ShouldBeFalse();
        (await Outbox.FindOfMessageAsync(message.MessageUuid, CancellationToken.None)).ShouldHaveSingleItem().Kind.ShouldBe(OutboxKind.Copy);

        var decided = Accepted(unchanged);
        await _infrastructure.Messages.UpdateAsync(new MessageChange { Message = decided, Copies = [OutboxEntry.CopyOf(decided, "sag")] }, CancellationToken.None);
        (await Outbox.FindOfMessageAsync(message.MessageUuid, CancellationToken.None)).Select(entry => entry.Fagsystem).Order().ShouldBe([null, "arkiv", "sag"]);
    }

    [Fact]
    public async Task A_message_that_is_rejected_at_once_is_told_too_and_each_is_kept_once()
    {
        var message = await _infrastructure.KeepAsync(TestMessages.WithFile(10), before: message => message.Reject(Rejection.For(ReceiptError.NoRuleMatched), Now));
        await Outbox.AddAsync(OutboxEntry.ReceiptOf(message), CancellationToken.None);

        (await Outbox.FindOfMessageAsync(message.MessageUuid, CancellationToken.None)).ShouldHaveSingleItem().Kind.ShouldBe(OutboxKind.Receipt);
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        database.Add(OutboxEntry.ReceiptOf(message));
        await Should.ThrowAsync<DbUpdateException>(() => database.SaveChangesAsync());
    }

    [Fact]
    public async Task The_next_receipt_is_the_first_that_waits_due_or_not_and_copies_are_no_part_of_that_order()
    {
        var (one, other) = (await DecideAsync(), await DecideAsync());
        await Outbox.AddAsync(OutboxEntry.CopyOf(one, "arkiv"), CancellationToken.None);
        var first = (await Outbox.FindNextReceiptAsync(CancellationToken.None))!;
        first.MessageUuid.ShouldBe(one.MessageUuid);
        first.Record(new OutboxOutcome(null, Domain.Deliveries.UndecidedReason.ServerError, 503), Now, Now.AddHours(1));
        await Outbox.UpdateAsync(first, null, CancellationToken.None);
        (await Outbox.FindNextReceiptAsync(CancellationToken.None))!.MessageUuid.ShouldBe(one.MessageUuid);

        var again = (await Outbox.FindAsync(first.Id, CancellationToken.None))!;
        again.Record(new OutboxOutcome(OutboxState.Taken, null, 200), Now, Now);
        await Outbox.UpdateAsync(again, null, CancellationToken.None);
        (await Outbox.FindNextReceiptAsync(CancellationToken.None))!.MessageUuid.ShouldBe(other.MessageUuid);
    }

    [Fact]
    public async Task Two_that_change_the_same_entry_find_out()
    {
        await DecideAsync();
        var (one, other) = ((await Outbox.FindNextReceiptAsync(CancellationToken.None))!, (await Outbox.FindNextReceiptAsync(CancellationToken.None))!);
        one.Record(new OutboxOutcome(OutboxState.Taken, null, 200), Now, Now);
        other.Record(new OutboxOutcome(OutboxState.Refused, Domain.Deliveries.UndecidedReason.NotTaken, 400), Now, Now);
        await Outbox.UpdateAsync(one, null, CancellationToken.None);

        await Should.ThrowAsync<InvalidOperationException>(() => Outbox.UpdateAsync(other, null, CancellationToken.None));
        (await Outbox.FindAsync(one.Id, CancellationToken.None))!.State.ShouldBe(OutboxState.Taken);
    }

    [Fact]
    public async Task A_copy_that_is_due_is_taken_once_until_the_lease_is_over_the_longest_due_first()
    {
        var message = await DecideAsync();
        foreach (var fagsystem in new[] { "a", "b", "c" })
            await Outbox.AddAsync(OutboxEntry.CopyOf(message, fagsystem), CancellationToken.None);

        (await TakeAsync(Now.AddSeconds(-1))).ShouldBeNull();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAsync(Now, "b")));
        taken.OfType<OutboxEntry>().Select(entry => entry.Fagsystem).Order().ShouldBe(["a", "c"]);

        var early = taken.OfType<OutboxEntry>().First();
        early.Record(new OutboxOutcome(null, Domain.Deliveries.UndecidedReason.Timeout), Now, Now.AddSeconds(30));
        await Outbox.UpdateAsync(early, null, CancellationToken.None);
        (await TakeAsync(Now.AddSeconds(20), "b")).ShouldBeNull();
        (await TakeAsync(Now.AddSeconds(30), "b"))!.Id.ShouldBe(early.Id);
        (await TakeAsync(Now.AddMinutes(5), "b"))!.ShouldNotBeNull();
    }

    [Fact]
    public async Task After_a_restart_nobody_has_taken_a_copy()
    {
        var message = await DecideAsync();
        await Outbox.AddAsync(OutboxEntry.CopyOf(message, "a"), CancellationToken.None);
        (await TakeAsync(Now)).ShouldNotBeNull();
        (await TakeAsync(Now)).ShouldBeNull();
        if (TestDatabase.IsPostgreSql)
            return; // Other nodes may be at work there: the lease goes on.

        await _infrastructure.Database.StartAsync(CancellationToken.None);
        (await TakeAsync(Now)).ShouldNotBeNull();
    }

    private Task<OutboxEntry?> TakeAsync(DateTimeOffset at, params string[] butNotFor) => Outbox.TakeDueCopyAsync(at, at.AddMinutes(1), butNotFor, CancellationToken.None);

    private async Task<Message> DecideAsync() => await _infrastructure.KeepAsync(TestMessages.WithFile(10), before: message => Accepted(message, "indbakke"));

    private static Message Accepted(Message message, string? fagsystem = null)
    {
        if (fagsystem is not null)
            message.RouteTo(fagsystem);
        message.Accept(Now);
        return message;
    }
}
