using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Storage;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Nodes;

/// <summary>Two servers on one PostgreSQL are one server to everybody outside.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class TwoNodesTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private readonly string _database = TestDatabase.Create();
    private TestServer _one = null!;
    private TestServer _other = null!;

    public async Task InitializeAsync()
    {
        // At once: one of them makes the tables, and the other waits for that.
        var nodes = await Task.WhenAll(StartAsync(), StartAsync());
        (_one, _other) = (nodes[0], nodes[1]);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task A_message_that_comes_to_both_at_once_is_delivered_once_and_has_one_receipt()
    {
        await _one.PublishAsync(Setup.Rules(Setup.Rule("Alt", Script.FagsystemName)));
        for (var i = 0; i < 20; i++)
        {
            var memo = new TestMemo();
            var responses = await Task.WhenAll(Enumerable.Range(0, 6).Select(call => (call % 2 == 0 ? _one : _other).PostAsync(memo.ToBytes(), "application/json")));

            responses.ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
            var receipts = await Task.WhenAll(responses.Select(response => response.Content.ReadAsStringAsync()));
            receipts.Distinct().ShouldHaveSingleItem().ShouldContain("COMPLETED");
            _script.Deliveries.Count(delivery => delivery.MessageUuid == memo.Uuid).ShouldBe(1);
        }
    }

    [Fact]
    public async Task While_one_asks_the_fagsystem_the_other_waits_for_its_answer_and_gives_the_same()
    {
        await _one.PublishAsync(Setup.Rules(Setup.Rule("Alt", Script.FagsystemName)));
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _script.Answer = async (_, _) =>
        {
            asked.TrySetResult();
            await answer.Task;
            return FagsystemAnswer.Accept();
        };
        var memo = new TestMemo();
        var first = _one.PostAsync(memo.ToBytes(), "application/json");
        await asked.Task;

        var second = _other.PostAsync(memo.ToBytes(), "application/json");
        answer.SetResult();

        (await (await second).Content.ReadAsStringAsync()).ShouldBe(await (await first).Content.ReadAsStringAsync());
        _script.Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_came_to_one_is_read_at_the_other_also_when_it_is_large()
    {
        var memo = new TestMemo { Files = { ("bilag.txt", "text/plain", [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)('a' + (i % 23)))]) } };
        using var response = await _one.PostAsync(memo.ToBytes());

        (await _other.Client.GetByteArrayAsync($"messages/{memo.Uuid}/xml")).ShouldBe(memo.ToBytes());
        (await _other.Client.GetByteArrayAsync($"messages/{memo.Uuid}/files/2")).ShouldBe(memo.Files[1].Content);
        Directory.EnumerateFiles(_one.DataFolder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["lock"]);
    }

    [Fact]
    public async Task Rules_that_are_published_at_one_are_ready_at_the_other_before_a_message_asks_for_them()
    {
        await UntilInUseAsync(_other);
        await _one.PublishAsync(Setup.Rules(Setup.Rule("Alt", Script.FagsystemName)));

        await UntilInUseAsync(_other);
        (await _other.ReceiveAsync(new TestMemo())).Routing!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_node_whose_listening_was_cut_off_hears_of_what_was_published_meanwhile()
    {
        await UntilInUseAsync(_other);
        await CutOffAsync("LISTEN%");
        await _one.PublishAsync(Setup.Rules(Setup.Rule("Igen", Script.FagsystemName)));

        await UntilInUseAsync(_other);
    }

    [Fact]
    public async Task A_turn_that_one_has_the_other_has_when_it_is_given_up_and_when_its_connection_is_cut_off()
    {
        var message = Guid.NewGuid();
        var (here, there) = (Turns(_one), Turns(_other));
        var first = await here.TakeAsync(message, TimeSpan.FromMinutes(1));
        (await there.TakeAsync(message, TimeSpan.Zero)).ShouldBeNull();
        (await there.TakeAsync(Guid.NewGuid(), TimeSpan.Zero)).ShouldNotBeNull();
        await first!.DisposeAsync();

        await using (var second = await there.TakeAsync(message, TimeSpan.Zero))
            second.ShouldNotBeNull();

        await using var third = await here.TakeAsync(message, TimeSpan.FromMinutes(1));
        await CutOffAsync("SELECT pg_%advisory%");
        await using var fourth = await there.TakeAsync(message, TimeSpan.FromMinutes(1));
        fourth.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_database_that_answers_a_node_nothing_holds_nobody_for_longer_than_they_can_wait()
    {
        var turns = Turns(_one);
        await using (var before = await turns.TakeAsync(Guid.NewGuid(), TimeSpan.Zero))
            before.ShouldNotBeNull();
        var backend = await BackendAsync("SELECT pg_%advisory%");
        await SignalAsync("STOP", backend);
        Task<IAsyncDisposable?> first;
        try
        {
            first = turns.TakeAsync(Guid.NewGuid(), TimeSpan.FromMinutes(1));
            (await turns.TakeAsync(Guid.NewGuid(), TimeSpan.FromSeconds(1))).ShouldBeNull();
        }
        finally
        {
            await SignalAsync("CONT", backend);
        }

        await using var had = await first;
        had.ShouldNotBeNull();
    }

    [Fact]
    public async Task While_one_may_have_asked_the_fagsystem_the_other_sends_the_message_to_no_other_also_when_the_turn_is_lost()
    {
        await _one.PublishAsync(Setup.Rules(Setup.Rule("Alt", Script.FagsystemName)));
        var (asked, answer) = (new SemaphoreSlim(0), new TaskCompletionSource());
        _script.Answer = async (_, _) =>
        {
            asked.Release();
            await answer.Task;
            return FagsystemAnswer.Accept();
        };
        var memo = new TestMemo();
        var first = _one.PostAsync(memo.ToBytes(), "application/json");
        await asked.WaitAsync();
        await CutOffAsync("SELECT pg_%advisory%");

        foreach (var action in new[] { "\"REDIRECT\",\"fagsystem\":\"indbakke\"", "\"REJECT\"" })
        {
            await (await _other.CallAsync("POST", $"messages/{memo.Uuid}/decision", $$"""{"action":{{action}},"reason":"Nu"}"""))
                .ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.MESSAGE_BUSY);
        }

        // Asked again is only the same.
        var again = _other.PostAsync(memo.ToBytes(), "application/json");
        await asked.WaitAsync();
        await (await _other.CallAsync("POST", $"messages/{memo.Uuid}/decision", """{"action":"REJECT","reason":"Nu"}""")).ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.MESSAGE_BUSY);
        answer.SetResult();

        (await (await again).Content.ReadAsStringAsync()).ShouldContain("COMPLETED");
        (await first).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await (await _one.PostAsync(memo.ToBytes(), "application/json")).Content.ReadAsStringAsync()).ShouldBe(await (await again).Content.ReadAsStringAsync());
        _script.Deliveries.Count(delivery => delivery.MessageUuid == memo.Uuid).ShouldBe(2);
    }

    [Fact]
    public async Task A_held_message_is_asked_about_by_one_node_at_a_time()
    {
        await using var fagsystem = await StandInFagsystem.StartAsync();
        fagsystem.Answer = StandInAnswers.Status(500);
        await _one.Fagsystemer.RegisterFagsystemAsync(new NewFagsystem
        {
            Key = "esdh", Name = "ESDH", Owner = "Testkommunen", Kind = FagsystemKind.REST, Rest = new RestConnection { Url = fagsystem.Url },
        });
        var rules = Setup.Rules(Setup.Rule("Alt", "esdh"));
        rules.WhenUndecided = WhenUndecided.HOLD;
        await _one.PublishAsync(rules);
        var memos = Enumerable.Range(0, 4).Select(_ => new TestMemo()).ToList();
        foreach (var memo in memos)
            (await _one.ReceiveAsync(memo)).Summary.State.ShouldBe(MessageState.HELD);
        fagsystem.Answer = StandInAnswers.Accept;

        TestDatabase.ExecuteOn(_database, """UPDATE "Messages" SET "NextAttemptAt" = 0""");

        foreach (var memo in memos)
            await Eventually.BeSoAsync(async () => (await _other.Messages.GetMessageAsync(memo.Uuid)).Result.Summary.State == MessageState.ACCEPTED);
        foreach (var memo in memos)
            fagsystem.Calls.Count(call => call.MessageUuid == memo.Uuid).ShouldBe(2);
    }

    [Fact]
    public async Task A_secret_that_one_was_given_the_other_presents()
    {
        await using var fagsystem = await StandInFagsystem.StartAsync();
        await _one.Fagsystemer.RegisterFagsystemAsync(new NewFagsystem
        {
            Key = "esdh", Name = "ESDH", Owner = "Testkommunen", Kind = FagsystemKind.REST, Rest = new RestConnection { Url = fagsystem.Url },
        });
        await _one.PublishAsync(Setup.Rules(Setup.Rule("Alt", "esdh")));
        using var set = await _one.CallAsync("PUT", "fagsystemer/esdh/credential", """{"scheme":"Bearer","token":"opdigtet"}""");
        set.IsSuccessStatusCode.ShouldBeTrue(await set.Content.ReadAsStringAsync());

        (await _other.ReceiveAsync(new TestMemo())).Summary.State.ShouldBe(MessageState.ACCEPTED);

        fagsystem.Calls.ShouldHaveSingleItem().Header("Authorization").ShouldBe("Bearer opdigtet");
    }

    private static MessageTurns Turns(TestServer server) => server.Services.GetRequiredService<MessageTurns>();

    /// <summary>Waits until the node has heard of the set-up as it is now. It asks for nothing, so it has heard.</summary>
    private async Task UntilInUseAsync(TestServer server)
    {
        var revision = await _one.Services.GetRequiredService<ISetupStore>().GetRevisionAsync(CancellationToken.None);
        await Eventually.BeSoAsync(() => Task.FromResult(server.Log.Text.Contains($"Revision {revision} of the set-up is in use", StringComparison.Ordinal)));
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(_script.Register, settings: $"--PostModtag:PostgreSql={_database}");

    /// <summary>The process of the database that serves the last connection of this process whose statement was like that.</summary>
    private async Task<int> BackendAsync(string statement)
    {
        await using var connection = new NpgsqlConnection($"{_database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE $1 ORDER BY query_start DESC LIMIT 1", connection)
        {
            Parameters = { new() { Value = statement } },
        };
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>Cuts off the connections whose last statement was like that, as a restart of the database does.</summary>
    private async Task CutOffAsync(string statement)
    {
        await using var connection = new NpgsqlConnection($"{_database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE $1", connection)
        {
            Parameters = { new() { Value = statement } },
        };
        ((long)(await command.ExecuteScalarAsync())!).ShouldBeGreaterThan(0);
    }
}
