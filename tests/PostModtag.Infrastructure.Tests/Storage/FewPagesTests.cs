using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Operation;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>A message is written to few places, and is found all the same.</summary>
public sealed class FewPagesTests : IAsyncLifetime
{
    private readonly PlanRecorder _plans = new();
    private TestInfrastructure _infrastructure = null!;

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync(interceptor: _plans);

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task What_is_kept_with_every_message_is_in_tables_that_are_their_own_index()
    {
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();

        var tables = await database.Database.SqlQueryRaw<string>("SELECT name AS Value FROM pragma_table_list WHERE schema = 'main' AND wr").ToListAsync();

        tables.Order().ShouldBe(["Contents", "DeliveryAttempts", "MessageFiles"]);
    }

    [Fact]
    public async Task Those_that_are_not_accepted_are_found_by_an_index_that_has_no_others()
    {
        await KeepAsync("90000001", message => message.Accept(TestMessages.Now));
        await using (var database = await _infrastructure.Databases.CreateDbContextAsync())
            await database.MultiplyMessagesAsync(20_000);
        var waiting = await KeepAsync("90000002", _ => { });
        var rejected = await KeepAsync("90000002", message => message.Reject(Rejection.For(ReceiptError.SchemaViolation), TestMessages.Now));
        _plans.IsOn = true;

        (await PageAsync(new MessageFilter { IsUndecided = true })).ShouldBe([waiting.Id]);
        (await PageAsync(new MessageFilter { State = MessageState.Received })).ShouldBe([waiting.Id]);
        (await PageAsync(new MessageFilter { State = MessageState.Rejected })).ShouldBe([rejected.Id]);
        (await _infrastructure.Services.GetRequiredService<IOverviewStore>().FindUndecidedAsync(CancellationToken.None)).Count.ShouldBe(1);
        var taken = await _infrastructure.Services.GetRequiredService<IGuardStore>().FindTakenByFagsystemAsync(CancellationToken.None);
        taken["indbakke"].Undecided.ShouldBe(1);

        _plans.Plans.Count.ShouldBeGreaterThanOrEqualTo(5);
        _plans.Plans.ShouldAllBe(plan => plan.Contains("IX_Messages_State", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_older_version_kept_is_there_as_before()
    {
        var (small, large) = (TestMessages.WithFile(500), TestMessages.WithFile(300_000));
        var messages = new[] { await KeepWithDeliveriesAsync(small), await KeepWithDeliveriesAsync(large), await KeepWithDeliveriesAsync(new TestMemo()) };
        var before = await WholeAsync(messages);

        await using (var database = await _infrastructure.Databases.CreateDbContextAsync())
        {
            var migrator = database.GetService<IMigrator>();
            await migrator.MigrateAsync(database.Database.GetMigrations().Last(name => name.EndsWith("RefusedBodiesGo", StringComparison.Ordinal)));
            await migrator.MigrateAsync();
        }

        (await WholeAsync(messages)).ShouldBe(before);
        (await _infrastructure.BytesAsync(messages[0].Xml)).ShouldBe(small.ToBytes());
        (await _infrastructure.BytesAsync(messages[1].Xml)).ShouldBe(large.ToBytes());
        (await _infrastructure.Services.GetRequiredService<IVerification>().RunAsync(new Progress<string>(), CancellationToken.None)).Findings.ShouldBeEmpty();
        (await KeepWithDeliveriesAsync(TestMessages.WithFile(500))).Id.ShouldBe(messages[^1].Id + 1);
    }

    /// <summary>One that was not answered at first, and then accepted.</summary>
    private async Task<Message> KeepWithDeliveriesAsync(TestMemo memo)
    {
        await using var reading = await _infrastructure.ReadAsync(memo);
        var message = TestMessages.Receive(reading.Memo);
        message.RouteTo("indbakke");
        var first = message.Record(new DeliveryOutcome.Undecided(UndecidedReason.Timeout, 408), TestMessages.Now, TestMessages.Now);
        (await _infrastructure.Messages.AddAsync(new MessageChange { Message = message, Attempt = first }, reading.Contents, CancellationToken.None)).ShouldBeTrue();
        var second = message.Record(new DeliveryOutcome.Accepted(), TestMessages.Now, TestMessages.Now.AddMinutes(1));
        await _infrastructure.Messages.UpdateAsync(new MessageChange { Message = message, Attempt = second }, CancellationToken.None);
        return message;
    }

    private async Task<IReadOnlyList<string>> WholeAsync(IEnumerable<Message> messages)
    {
        var lines = new List<string>();
        foreach (var message in messages)
        {
            var whole = (await _infrastructure.Messages.FindWholeAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull();
            whole.Attempts.Select(attempt => attempt.Number).ShouldBe([1, 2]);
            lines.AddRange(whole.Attempts.Select(attempt => $"{whole.Message.Id}: {attempt}"));
            lines.AddRange(whole.Message.Files.Select(file => $"{whole.Message.Id}: {file}"));
        }

        return lines;
    }

    private Task<Message> KeepAsync(string recipient, Action<Message> before) => _infrastructure.KeepAsync(new TestMemo { RecipientId = recipient }, TestMessages.Now, message =>
    {
        message.RouteTo("indbakke");
        before(message);
    });

    private async Task<IReadOnlyList<long>> PageAsync(MessageFilter filter) =>
        [.. (await _infrastructure.Messages.FindPageAsync(filter, null, 10, CancellationToken.None)).Select(message => message.Id)];

    /// <summary>Asks of each statement that looks for messages by state how the database goes about it.</summary>
    private sealed class PlanRecorder : DbCommandInterceptor
    {
        public bool IsOn { get; set; }

        public List<string> Plans { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (!IsOn || !command.CommandText.Contains("\"State\" <> ", StringComparison.Ordinal))
                return result;
            await using var explain = command.Connection!.CreateCommand();
            foreach (DbParameter parameter in command.Parameters)
            {
                var copy = explain.CreateParameter();
                (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
                explain.Parameters.Add(copy);
            }

            Plans.Add(string.Join('\n', await Storage.Plans.PlanAsync(explain, command.CommandText)));
            return result;
        }
    }
}
