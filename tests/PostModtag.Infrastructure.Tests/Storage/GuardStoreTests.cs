using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Storage;
using PostModtag.Domain.Guard;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What messages have come to, for the seven-day guard.</summary>
public sealed partial class GuardStoreTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;

    private IGuardStore Store => _infrastructure.Services.GetRequiredService<IGuardStore>();

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync();

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public async Task Without_messages_there_is_nothing()
    {
        (await Store.FindTakenByAuthorityAsync(CancellationToken.None)).ShouldBeEmpty();
        (await Store.FindTakenByFagsystemAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_authority_and_each_fagsystem_has_its_own_last_message_last_decision_and_oldest_that_waits()
    {
        await KeepAsync("90000001", "esdh", received: 1, decided: 9);
        await KeepAsync("90000001", "esdh", received: 4);
        await KeepAsync("90000001", "esdh", received: 3, held: true);
        await KeepAsync("90000001", "journal", received: 6, decided: 7);
        await KeepAsync("90000002", "journal", received: 2, decided: 2);
        await KeepAsync("90000003", null, received: 8, decided: 8);

        var authorities = await Store.FindTakenByAuthorityAsync(CancellationToken.None);
        authorities.Count.ShouldBe(3);
        authorities["90000001"].ShouldBe(new Taken(At(6), At(9), At(3), 2));
        authorities["90000002"].ShouldBe(new Taken(At(2), At(2)));
        authorities["90000003"].ShouldBe(new Taken(At(8), At(8)));

        var fagsystemer = await Store.FindTakenByFagsystemAsync(CancellationToken.None);
        fagsystemer.Count.ShouldBe(2);
        fagsystemer["esdh"].ShouldBe(new Taken(At(3), At(9), At(3), 2));
        fagsystemer["journal"].ShouldBe(new Taken(At(2), At(7)));
    }

    [Fact]
    public async Task A_decision_counts_when_the_message_gets_it_and_not_when_it_came()
    {
        var message = await KeepAsync("90000001", "esdh", received: 1);
        message.Accept(At(5));
        await _infrastructure.Messages.UpdateAsync(new MessageChange { Message = message }, CancellationToken.None);
        (await Store.FindTakenByAuthorityAsync(CancellationToken.None))["90000001"].ShouldBe(new Taken(At(1), At(5)));
        (await Store.FindTakenByFagsystemAsync(CancellationToken.None))["esdh"].ShouldBe(new Taken(At(1), At(5)));
    }

    [Fact]
    public async Task Only_a_CVR_number_is_an_authority_whatever_else_a_message_is_addressed_to()
    {
        foreach (var recipient in new[] { "0113701234", "9000000", "Åben", "åben", "abcdefgh" })
            await KeepAsync(recipient, "esdh", received: 1);
        await KeepAsync("90000001", "esdh", received: 1);
        (await Store.FindTakenByAuthorityAsync(CancellationToken.None)).Keys.ShouldBe(["90000001"]);
    }

    [Theory]
    [InlineData(GuardStore.Recipient)]
    [InlineData(nameof(Message.Fagsystem))]
    public async Task However_many_messages_there_are_only_indexes_are_looked_into(string column)
    {
        await KeepAsync("90000002", "stille", received: 0, decided: 1);
        await KeepAsync("90000001", "esdh", received: 1, decided: 2);
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        await database.MultiplyMessagesAsync(20_000);

        var plan = await database.PlanAsync(GuardStore.SqlOf(column));

        var looks = plan.Where(line => line.Contains("Messages", StringComparison.Ordinal)).ToList();
        looks.ShouldAllBe(line => line.Contains($"IX_Messages_{column}_", StringComparison.Ordinal), string.Join('\n', plan));
        looks.Count.ShouldBeGreaterThanOrEqualTo(3);
        if (TestDatabase.IsPostgreSql)
            Pages().Matches(plan.First(line => line.Contains("Buffers", StringComparison.Ordinal))).Sum(pages => int.Parse(pages.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ShouldBeLessThan(100);
        else
            plan.ShouldAllBe(line => !line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private static DateTimeOffset At(int hour) => TestMessages.Now.AddHours(hour);

    private Task<Message> KeepAsync(string recipient, string? fagsystem, int received, int? decided = null, bool held = false)
    {
        var memo = new TestMemo { RecipientId = recipient, RecipientIdType = recipient.Length == 8 ? "CVR" : "EID" };
        return _infrastructure.KeepAsync(memo, At(received), message =>
        {
            if (fagsystem is not null)
                message.RouteTo(fagsystem);
            if (held)
                message.Hold(At(received), At(received));
            if (decided is { } hour && fagsystem is not null)
                message.Accept(At(hour));
            else if (decided is { } rejectedAt)
                message.Reject(Rejection.For(ReceiptError.SchemaViolation), At(rejectedAt));
        });
    }

    [GeneratedRegex("(?:hit|read)=([0-9]+)")]
    private static partial Regex Pages();
}
