using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PostModtag.Application.Memo;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.PostgreSql;

/// <summary>What came in while one transaction was made is kept by one, and each message is whole or not at all by itself.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class RowGroupsTests : IAsyncLifetime, IDisposable
{
    private readonly string _database = TestDatabase.Create();
    private readonly List<MemoReading.Message> _readings = [];
    private TestInfrastructure _infrastructure = null!;
    private NpgsqlConnection _other = null!;

    public async Task InitializeAsync()
    {
        _infrastructure = await TestInfrastructure.StartAsync(configure: options => options.PostgreSql = _database);
        _other = new NpgsqlConnection($"{_database};Pooling=false");
        await _other.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var reading in _readings)
            await reading.DisposeAsync();
        await _infrastructure.DisposeAsync();
    }

    public void Dispose() => _other.Dispose();

    [Fact]
    public async Task What_waits_is_kept_by_one_transaction()
    {
        var changes = await ReadAsync(10);
        var held = await HoldUpAsync(changes[0]);
        var others = changes.Skip(1).Select(change => AddAsync(change)).ToList();
        await GoOnAsync();

        (await Task.WhenAll([held, .. others])).ShouldAllBe(isKept => isKept);

        // The first was written alone; the others came meanwhile.
        (await AskAsync("""SELECT count(DISTINCT xmin::text) FROM "Messages" """)).ShouldBe(2L);
        (await AskAsync("""SELECT count(*) FROM "MessageFiles" """)).ShouldBe(10L);
        foreach (var (message, _) in changes)
            (await AskAsync($"""SELECT "Id" FROM "Messages" WHERE "MessageUuid" = '{message.MessageUuid}'""")).ShouldBe(message.Id);
    }

    [Fact]
    public async Task However_many_wait_a_transaction_ends_after_64_of_them()
    {
        var changes = await ReadAsync(129);
        var held = await HoldUpAsync(changes[0]);
        var others = changes.Skip(1).Select(change => AddAsync(change)).ToList();
        await GoOnAsync();

        (await Task.WhenAll([held, .. others])).ShouldAllBe(isKept => isKept);

        (await AskAsync("""SELECT count(DISTINCT xmin::text) FROM "Messages" """)).ShouldBe(3L);
    }

    [Fact]
    public async Task One_that_cannot_be_kept_takes_no_other_with_it_and_leaves_nothing_of_its_own()
    {
        var kept = await _infrastructure.KeepAsync(new TestMemo(), before: message => message.RouteTo("esdh"));
        var (asRead, changed) = (await FindAsync(kept), await FindAsync(kept));
        changed.BeginAsking(TestMessages.Now);
        await _infrastructure.Messages.UpdateAsync(new MessageChange { Message = changed }, CancellationToken.None);
        var changes = await ReadAsync(5);
        var twice = await ReadAgainAsync(changes[1]);
        changes[2].Message.RouteTo("e\0sdh");
        asRead.BeginAsking(TestMessages.Now.AddMinutes(1));
        changed.BeginAsking(TestMessages.Now.AddMinutes(2));

        var held = await HoldUpAsync(changes[0]);
        var one = AddAsync(changes[1]);
        var same = AddAsync(twice);
        var broken = AddAsync(changes[2]);
        var notAsRead = _infrastructure.Messages.UpdateAsync(new MessageChange { Message = asRead }, CancellationToken.None);
        var isAsRead = _infrastructure.Messages.UpdateAsync(new MessageChange { Message = changed }, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var calledOff = AddAsync(changes[3], cancellation.Token);
        await cancellation.CancelAsync();
        var last = AddAsync(changes[4]);
        await GoOnAsync();

        (await held, await one, await same, await last).ShouldBe((true, true, false, true));
        (await Should.ThrowAsync<PostgresException>(broken)).SqlState.ShouldBe(PostgresErrorCodes.CharacterNotInRepertoire);
        await Should.ThrowAsync<InvalidOperationException>(notAsRead);
        await isAsRead;
        await Should.ThrowAsync<OperationCanceledException>(calledOff);
        (await AskAsync("""SELECT count(*) FROM "Messages" """)).ShouldBe(4L);
        (await AskAsync("""SELECT count(*) FROM "MessageFiles" f WHERE NOT EXISTS (SELECT FROM "Messages" WHERE "Id" = f."MessageId")""")).ShouldBe(0L);
        (await AskAsync("""SELECT count(*) FROM "Contents" WHERE "References" <> 1""")).ShouldBe(0L);
        (await AskAsync("""SELECT count(*) FROM "Contents" """)).ShouldBe(4L);
        (await FindAsync(kept)).AskingUntil.ShouldBe(TestMessages.Now.AddMinutes(2));
    }

    [Fact]
    public async Task When_its_connection_breaks_all_of_a_group_hear_of_it_and_the_next_has_another()
    {
        var changes = await ReadAsync(3);
        var held = await HoldUpAsync(changes[0]);
        var others = changes.Skip(1).Select(change => AddAsync(change)).ToList();
        await AskAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        await Should.ThrowAsync<NpgsqlException>(held);
        await GoOnAsync();

        (await Task.WhenAll(others)).ShouldBe([true, true]);
        (await AskAsync("""SELECT count(*) FROM "Messages" """)).ShouldBe(2L);
    }

    [Fact]
    public async Task A_connection_that_broke_since_it_was_last_used_is_another_and_nobody_hears_of_it()
    {
        await _infrastructure.KeepAsync(new TestMemo());
        await AskAsync("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await _infrastructure.KeepAsync(new TestMemo());

        (await AskAsync("""SELECT count(*) FROM "Messages" """)).ShouldBe(2L);
    }

    [Fact]
    public async Task What_was_kept_without_anybody_hearing_of_it_is_there_already_when_it_is_made_again()
    {
        await _infrastructure.KeepAsync(new TestMemo());
        var changes = await ReadAsync(1);
        var held = await HoldUpAsync(changes[0]);
        var writer = await AskAsync("SELECT pid FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

        // As if it had been kept by the connection that breaks.
        await AskAsync($"""INSERT INTO "Messages" OVERRIDING SYSTEM VALUE SELECT m.* FROM "Messages" k, jsonb_populate_record(k, jsonb_build_object('Id', 1000, 'MessageUuid', '{changes[0].Message.MessageUuid}')) m""");
        await AskAsync($"SELECT pg_terminate_backend({writer})");
        await GoOnAsync();

        (await held).ShouldBeFalse();
        (await AskAsync("""SELECT count(*) FROM "Messages" """)).ShouldBe(2L);
    }

    [Fact]
    public async Task However_few_rows_there_were_at_first_no_table_is_read_through_for_a_message()
    {
        // With so few rows that the database plans to read them all.
        await _infrastructure.KeepAsync(new TestMemo());
        await AskAsync("""ANALYZE "Messages" """);
        for (var i = 0; i < 50; i++)
            await _infrastructure.KeepAsync(new TestMemo());

        // What a session has counted is told when it ends.
        await AskAsync("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        (await AskAsync("""SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'Messages'""")).ShouldBe(51L);
        ((long)(await AskAsync("""SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'Messages'"""))!).ShouldBeLessThan(50);
    }

    [Fact]
    public async Task A_server_that_ends_keeps_all_that_has_come_and_takes_no_more()
    {
        var changes = await ReadAsync(3);
        var held = await HoldUpAsync(changes[0]);
        var other = AddAsync(changes[1]);
        var end = _infrastructure.Services.GetRequiredService<RowGroups>().DisposeAsync().AsTask();

        await Should.ThrowAsync<ObjectDisposedException>(AddAsync(changes[2]));
        end.IsCompleted.ShouldBeFalse();
        await GoOnAsync();

        await end;
        (await held, await other).ShouldBe((true, true));
    }

    private async Task<List<(Message Message, MemoReading.Message Reading)>> ReadAsync(int count)
    {
        var changes = new List<(Message, MemoReading.Message)>();
        for (var i = 0; i < count; i++)
        {
            _readings.Add(await _infrastructure.ReadAsync(new TestMemo()));
            changes.Add((TestMessages.Receive(_readings[^1].Memo), _readings[^1]));
        }

        return changes;
    }

    /// <summary>The same message a second time.</summary>
    private async Task<(Message Message, MemoReading.Message Reading)> ReadAgainAsync((Message Message, MemoReading.Message Reading) change)
    {
        var memo = new TestMemo { MessageUuid = change.Message.MessageUuid.ToString() };
        _readings.Add(await _infrastructure.ReadAsync(memo));
        return (TestMessages.Receive(_readings[^1].Memo), _readings[^1]);
    }

    private Task<bool> AddAsync((Message Message, MemoReading.Message Reading) change, CancellationToken cancellationToken = default) =>
        _infrastructure.Messages.AddAsync(new MessageChange { Message = change.Message }, change.Reading.Contents, cancellationToken);

    /// <summary>Has a first one wait for the table, until it goes on.</summary>
    private async Task<Task<bool>> HoldUpAsync((Message Message, MemoReading.Message Reading) change)
    {
        await AskAsync("""BEGIN; LOCK TABLE "Messages" IN EXCLUSIVE MODE""");
        var held = AddAsync(change);
        await Eventually.BeSoAsync(async () => (long)(await AskAsync("SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))! == 1);
        return held;
    }

    private Task<object?> GoOnAsync() => AskAsync("COMMIT");

    private async Task<Message> FindAsync(Message message) => (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull();

    private async Task<object?> AskAsync(string sql)
    {
#pragma warning disable CA2100 // It is written above.
        await using var command = new NpgsqlCommand(sql, _other);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
