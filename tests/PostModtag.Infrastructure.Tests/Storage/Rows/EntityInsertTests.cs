using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.Rows;

/// <summary>New messages are inserted by statements of our own. They write every column as EF's SaveChanges writes it.</summary>
public sealed class EntityInsertTests : IAsyncLifetime
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
    public async Task A_message_and_all_that_is_kept_with_it_are_the_same_to_the_last_column()
    {
        foreach (var example in new[] { "every-element-1.1.xml", "every-element-1.2.xml", "new-letter-citizen-1.2.xml" })
        {
            foreach (var change in Changes)
                await KeepBothAsync(Examples.ReadValid(example), change);
        }

        var ours = await _ours.DumpAsync();
        ours.ShouldBe(await _theirs.DumpAsync());
        ours.Split('\n').Select(row => row.Split(':')[0]).Distinct().ShouldBe(["Messages", "MessageFiles", "DeliveryAttempts", "Outbox", "AuditEntries", ""]);
    }

    [Fact]
    public async Task A_refused_body_is_the_same_to_the_last_column()
    {
        await using var reading = await _ours.ReadAsync(new TestMemo());
        var copy = RefusedCopy.Refuse(reading.Memo, TestMessages.Now);

        (await _ours.Messages.AddRefusedCopyAsync(copy, CancellationToken.None)).ShouldBeTrue();
        await SaveAsync([copy]);

        (await _ours.DumpAsync()).ShouldBe(await _theirs.DumpAsync());
    }

    /// <summary>What becomes of a message before it is kept the first time.</summary>
    private static Action<Message>[] Changes =>
    [
        message => message.RouteTo("esdh"),
        message =>
        {
            message.RouteTo("esdh");
            message.BeginAsking(TestMessages.Now.AddMinutes(1));
        },
        message => message.Reject(Rejection.For(ReceiptError.SchemaViolation, [new Violation("/memo:Message", 1, 2, new BilingualText("da", "en"))]), TestMessages.Now),
        message =>
        {
            message.RouteTo("esdh");
            message.Record(new DeliveryOutcome.Accepted(), TestMessages.Now, TestMessages.Now);
        },
        message =>
        {
            message.RouteTo("esdh");
            message.Record(new DeliveryOutcome.Undecided(UndecidedReason.NotAuthorized, 401), TestMessages.Now, TestMessages.Now);
            message.Hold(TestMessages.Now.AddMinutes(2), TestMessages.Now);
        },
    ];

    private async Task KeepBothAsync(byte[] body, Action<Message> change)
    {
        var xml = Encoding.UTF8.GetString(body);
        var uuid = (await _ours.ReadMessageAsync(body)).MessageUuid.ToString();
        await using var reading = (MemoReading.Message)await _ours.ReadAsync(Encoding.UTF8.GetBytes(xml.Replace(uuid, Guid.NewGuid().ToString(), StringComparison.OrdinalIgnoreCase)), Encoding.UTF8);
        var message = TestMessages.Receive(reading.Memo);
        change(message);
        var messageChange = new MessageChange
        {
            Message = message,
            Attempt = DeliveryAttempt.Of(1, "esdh", TestMessages.Now, TestMessages.Now, new DeliveryOutcome.Undecided(UndecidedReason.Timeout, 408)),
            Audit = new AuditEntry(TestMessages.Now, "Bente", AuditAction.MessageRetried, null, "esdh", "igen"),
            Copies = message.Receipt is null ? [] : [OutboxEntry.CopyOf(message, "sap")],
        };

        (await _ours.Messages.AddAsync(messageChange, reading.Contents, CancellationToken.None)).ShouldBeTrue();
        message.Id.ShouldBeGreaterThan(0);
        await SaveAsync([message, AttemptRow.Of(message, messageChange.Attempt), messageChange.Audit, .. messageChange.Copies]);
    }

    private async Task SaveAsync(IEnumerable<object> rows)
    {
        await using var database = await _theirs.Databases.CreateDbContextAsync();
        database.AddRange(rows);
        await database.SaveChangesAsync();
    }
}
