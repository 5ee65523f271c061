using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

public sealed class AddMessageTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync(configure: options => options.InlineContentBytes = 1_000);

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public async Task A_messageUUID_that_is_taken_in_other_letters_is_refused_and_the_first_message_stays()
    {
        var uuid = Guid.NewGuid();
        var first = await _infrastructure.KeepAsync(new TestMemo { MessageUuid = uuid.ToString(), Label = "Første" });
        var other = TestMessages.WithFile(50_000);
        (other.MessageUuid, other.Label) = (uuid.ToString().ToUpperInvariant(), "Anden");
        await using (var reading = await _infrastructure.ReadAsync(other))
            (await _infrastructure.Messages.AddAsync(TestMessages.Receive(reading.Memo), reading.Contents, CancellationToken.None)).ShouldBeFalse();

        var found = (await _infrastructure.Messages.FindAsync(uuid, CancellationToken.None)).ShouldNotBeNull();
        (found.TransmissionId, found.Summary.Label, found.Xml).ShouldBe((first.TransmissionId, "Første", first.Xml));
        _infrastructure.IncomingFiles().ShouldBeEmpty();
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        (await database.Messages.CountAsync()).ShouldBe(1);
        (await database.Contents.Select(row => row.Sha256).ToListAsync()).ShouldBe([first.Xml.Sha256]);
    }

    [Fact]
    public async Task Of_many_at_once_with_one_messageUUID_one_is_kept()
    {
        var uuid = Guid.NewGuid().ToString();

        var added = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(async () =>
        {
            var memo = TestMessages.WithFile(20_000, (byte)i);
            memo.MessageUuid = uuid;
            await using var reading = await _infrastructure.ReadAsync(memo);
            return await _infrastructure.Messages.AddAsync(TestMessages.Receive(reading.Memo), reading.Contents, CancellationToken.None);
        })));

        added.Count(kept => kept).ShouldBe(1);
        _infrastructure.IncomingFiles().ShouldBeEmpty();
        _infrastructure.LargeContents().Count.ShouldBe(2);
    }

    [Fact]
    public async Task That_a_body_was_refused_is_kept_once_and_found_by_its_bytes()
    {
        var memo = TestMessages.WithFile(20_000);
        await using var reading = await _infrastructure.ReadAsync(memo);
        var copy = RefusedCopy.Refuse(reading.Memo, TestMessages.Now);
        (await _infrastructure.Messages.AddRefusedCopyAsync(copy, CancellationToken.None)).ShouldBeTrue();
        await using var again = await _infrastructure.ReadAsync(memo);
        (await _infrastructure.Messages.AddRefusedCopyAsync(RefusedCopy.Refuse(again.Memo, TestMessages.Now), CancellationToken.None)).ShouldBeFalse();

        var found = (await _infrastructure.Messages.FindRefusedCopyAsync(memo.Uuid, reading.Memo.Xml.Sha256, CancellationToken.None)).ShouldNotBeNull();
        (found.Receipt, found.ReceivedAt, found.Length).ShouldBe((copy.Receipt, TestMessages.Now, reading.Memo.Xml.Length));
        (await _infrastructure.Messages.FindRefusedCopyAsync(memo.Uuid, new string('0', 64), CancellationToken.None)).ShouldBeNull();
        (await _infrastructure.Messages.FindAsync(memo.Uuid, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_decision_is_kept()
    {
        var memo = new TestMemo();
        var message = await _infrastructure.KeepAsync(memo);
        message.RouteTo("indbakke");
        await _infrastructure.Messages.UpdateAsync(new MessageChange { Message = message }, CancellationToken.None);
        (await FindAsync(memo)).Fagsystem.ShouldBe("indbakke");

        message.Accept(TestMessages.Now);
        await _infrastructure.Messages.UpdateAsync(new MessageChange { Message = message }, CancellationToken.None);

        var found = await FindAsync(memo);
        (found.State, found.Receipt).ShouldBe((MessageState.Accepted, message.Receipt));
    }

    [Fact]
    public async Task A_decision_on_a_message_that_is_decided_meanwhile_fails_and_the_first_one_stays()
    {
        var memo = new TestMemo();
        await _infrastructure.KeepAsync(memo);
        var (one, other) = (await FindAsync(memo), await FindAsync(memo));
        one.RouteTo("indbakke");
        one.Accept(TestMessages.Now);
        await _infrastructure.Messages.UpdateAsync(new MessageChange { Message = one }, CancellationToken.None);

        other.Reject(Rejection.ByFagsystem("Nej tak.", ReceiptStatus.NotAllowed), TestMessages.Now);
        await Should.ThrowAsync<InvalidOperationException>(() => _infrastructure.Messages.UpdateAsync(new MessageChange { Message = other }, CancellationToken.None));

        var found = await FindAsync(memo);
        (found.State, found.Receipt, found.Violations.Count).ShouldBe((MessageState.Accepted, one.Receipt, 0));
    }

    private async Task<Message> FindAsync(TestMemo memo) =>
        (await _infrastructure.Messages.FindAsync(memo.Uuid, CancellationToken.None)).ShouldNotBeNull();
}
