using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Reconciliation;
using PostModtag.Application.Routing;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Reconciliation;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.Reconciliation;

/// <summary>What a day's record is made of, and that a record stays as it was made.</summary>
public sealed class ReconciliationStoreTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    private readonly string _parent = Directory.CreateTempSubdirectory("postmodtag-reconciliation-").FullName;
    private TestInfrastructure _infrastructure = null!;

    private string DataFolder => Path.Combine(_parent, "data");

    private IReconciliationStore Store => _infrastructure.Services.GetRequiredService<IReconciliationStore>();

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync(DataFolder);

    public async Task DisposeAsync()
    {
        await _infrastructure.DisposeAsync();
        TestDatabase.Drop(DataFolder);
        Directory.Delete(_parent, recursive: true);
    }

    [Fact]
    public async Task A_day_counts_what_came_and_what_was_decided_in_it_and_what_was_open_at_its_ends()
    {
        // Each is received and decided so many hours after the day began, in Denmark.
        await KeepAsync(received: -30, decided: -1);
        await KeepAsync(received: -30, decided: 0);
        await KeepAsync(received: -1, decided: 30);
        var accepted = await KeepAsync(received: 0, decided: 1);
        await KeepAsync(received: 1, decided: 23.9, reject: true);
        await KeepAsync(received: 23.9, decided: 24);
        await KeepAsync(received: 2, decided: null);
        await KeepAsync(received: -40, decided: null);
        await KeepAsync(received: 24, decided: 25);
        await KeepAsync(received: 5, decided: 5, recipient: "90000002");

        var facts = await CountAsync("90000001");

        (facts.OpenBefore, facts.Received, facts.Accepted, facts.Rejected, facts.Held).ShouldBe((3, 4, 2, 1, 4));
        ReconciliationRecord.Of("90000001", Day, facts, null).IsBalanced.ShouldBeTrue();
        var other = await CountAsync("90000002");
        (other.OpenBefore, other.Received, other.Accepted, other.Rejected, other.Held).ShouldBe((0, 1, 1, 0, 0));
        other.MessagesSha256.ShouldNotBe(facts.MessagesSha256);

        // A message that is changed or gone shows.
        TestDatabase.Execute(DataFolder, $"""UPDATE "Messages" SET "Xml_Sha256" = '{new string('0', 64)}' WHERE "Id" = {accepted.Id}""");
        (await CountAsync("90000001")).MessagesSha256.ShouldNotBe(facts.MessagesSha256);
    }

    [Fact]
    public async Task Messages_to_nobody_that_is_known_are_counted_together()
    {
        await KeepAsync(received: 5, decided: 5, reject: true, recipient: "0113701234");
        var none = await KeepAsync(received: 6, decided: 6, reject: true, recipient: "9000");
        TestDatabase.Execute(DataFolder, $"""UPDATE "Messages" SET "Summary_RecipientId" = NULL WHERE "Id" = {none.Id}""");

        var facts = await CountAsync(ReconciliationRecord.Others);
        (facts.Received, facts.Rejected).ShouldBe((2, 2));
        var others = (await Store.FindAuthoritiesAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (others.Authority, others.Last, others.FirstReceivedAt).ShouldBe((ReconciliationRecord.Others, null, At(5)));
    }

    [Fact]
    public async Task Records_are_kept_once_and_in_their_order_and_authorities_know_their_last()
    {
        await KeepAsync(received: 5, decided: 5);
        var first = ReconciliationRecord.Of("90000001", Day, await CountAsync("90000001"), null);
        var second = ReconciliationRecord.Of("90000001", Day.AddDays(1), await CountAsync("90000001"), first);
        (await Store.AddAsync(first, CancellationToken.None)).ShouldBeTrue();
        (await Store.AddAsync(second, CancellationToken.None)).ShouldBeTrue();
        (await Store.AddAsync(second with { Held = 7 }, CancellationToken.None)).ShouldBeFalse();

        (await Store.FindAsync("90000001", 0, 10, CancellationToken.None)).ShouldBe([first, second]);
        (await Store.FindAsync("90000001", 1, 10, CancellationToken.None)).ShouldBe([second]);
        var authorities = await Store.FindAuthoritiesAsync(CancellationToken.None);
        authorities.Single(authority => authority.Authority == "90000001").Last.ShouldBe(second);
    }

    [Theory]
    [InlineData("""UPDATE "Reconciliations" SET "Held" = 7""")]
    [InlineData("""DELETE FROM "Reconciliations" """)]
    [InlineData("""UPDATE "AuditEntries" SET "Actor" = 'nobody'""")]
    [InlineData("""DELETE FROM "AuditEntries" """)]
    public async Task Nobody_changes_or_deletes_a_record_or_an_entry_of_the_audit_trail_past_the_server(string sql)
    {
        await KeepAsync(received: 5, decided: 5);
        await Store.AddAsync(ReconciliationRecord.Of("90000001", Day, await CountAsync("90000001"), null), CancellationToken.None);
        await _infrastructure.Services.GetRequiredService<Application.Storage.IAuditTrail>().AddAsync(
            new Domain.Audit.AuditEntry(TestMessages.Now, "Bente", Domain.Audit.AuditAction.MessageViewed, null, null, "a view"), CancellationToken.None);

        Should.Throw<System.Data.Common.DbException>(() => TestDatabase.Execute(DataFolder, sql)).Message.ShouldContain("only grows");
    }

    private static DateTimeOffset At(double hours) => DanishDay.Begin(Day).AddHours(hours);

    private Task<DayFacts> CountAsync(string authority) => Store.CountAsync(authority, At(0), At(24), CancellationToken.None);

    private Task<Message> KeepAsync(double received, double? decided, bool reject = false, string recipient = "90000001") => _infrastructure.KeepAsync(
        new TestMemo { RecipientId = recipient },
        At(received),
        message =>
        {
            message.RouteTo("indbakke");
            if (decided is { } at && reject)
                message.Reject(Rejection.For(ReceiptError.NoRuleMatched), At(at));
            else if (decided is { } hours)
                message.Record(new DeliveryOutcome.Accepted(), At(hours), At(hours));
        });
}
