using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Deliveries;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.PostgreSql;

/// <summary>Turns at messages, held by one connection of the node.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class TurnsTests
{
    [Fact]
    public async Task A_node_ends_while_turns_are_on_their_way_back_and_they_are_free_for_the_next()
    {
        var database = TestDatabase.Create();
        await using var infrastructure = await TestInfrastructure.StartAsync(configure: options => options.PostgreSql = database);
        var messages = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();
        var turns = infrastructure.Services.GetRequiredService<INodeTurns>();
        var held = new List<IAsyncDisposable>();
        foreach (var message in messages)
            held.Add((await turns.TakeAsync(message, TimeSpan.Zero)).ShouldNotBeNull());

        var backs = held.Select(turn => turn.DisposeAsync().AsTask()).ToList();
        await ((IAsyncDisposable)turns).DisposeAsync().AsTask().WaitAsync(Eventually.Patience);
        await Task.WhenAll(backs).WaitAsync(Eventually.Patience);

        await Should.ThrowAsync<ObjectDisposedException>(() => turns.TakeAsync(messages[0], TimeSpan.Zero));
        await using var next = new TestInfrastructure(configure: options => options.PostgreSql = database);
        var others = next.Services.GetRequiredService<INodeTurns>();
        foreach (var message in messages)
            (await others.TakeAsync(message, Eventually.Patience)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_two_nodes_that_want_many_turns_at_once_one_has_each_until_it_gives_it_back()
    {
        var (one, other) = await TwoNodesAsync();
        await using var ends = one;
        await using var endsToo = other;
        var messages = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToList();

        var ofOne = messages.Select(message => Turns(one).TakeAsync(message, TimeSpan.Zero)).ToList();
        var ofOther = messages.Select(message => Turns(other).TakeAsync(message, TimeSpan.Zero)).ToList();
        var turns = (await Task.WhenAll(ofOne)).Zip(await Task.WhenAll(ofOther)).ToList();

        turns.ShouldAllBe(both => (both.First == null) != (both.Second == null));
        foreach (var (message, (mine, theirs)) in messages.Zip(turns))
        {
            await (mine ?? theirs)!.DisposeAsync();
            (await Turns(mine is null ? one : other).TakeAsync(message, Eventually.Patience)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_node_whose_connection_broke_has_lost_its_turns_and_takes_others()
    {
        var (one, other) = await TwoNodesAsync();
        await using var ends = one;
        await using var endsToo = other;
        var (lost, next) = (Guid.NewGuid(), Guid.NewGuid());
        var turn = (await Turns(one).TakeAsync(lost, TimeSpan.Zero)).ShouldNotBeNull();
        await AskAsync(one, "SELECT pg_terminate_backend(pid, 60000)::int FROM pg_locks WHERE locktype = 'advisory'");

        (await Turns(one).TakeAsync(next, TimeSpan.Zero)).ShouldNotBeNull();
        (await Turns(other).TakeAsync(next, TimeSpan.Zero)).ShouldBeNull();
        (await Turns(other).TakeAsync(lost, TimeSpan.Zero)).ShouldNotBeNull();
        await turn.DisposeAsync();
        (await Turns(one).TakeAsync(lost, TimeSpan.Zero)).ShouldBeNull("what is given back was not the other node's");
    }

    [Fact]
    public async Task A_turn_that_comes_when_nobody_waits_for_it_any_more_is_given_back()
    {
        var (one, other) = await TwoNodesAsync();
        await using var ends = one;
        await using var endsToo = other;
        var late = Guid.NewGuid();
        await using var turn = (await Turns(one).TakeAsync(Guid.NewGuid(), TimeSpan.Zero)).ShouldNotBeNull();
        var backend = await AskAsync(one, "SELECT pid FROM pg_locks WHERE locktype = 'advisory'");
        Signal("STOP", backend);
        try
        {
            (await Turns(one).TakeAsync(late, TimeSpan.Zero)).ShouldBeNull("the database does not answer");
        }
        finally
        {
            Signal("CONT", backend);
        }

        (await Turns(other).TakeAsync(late, Eventually.Patience)).ShouldNotBeNull();
    }

    private static async Task<(TestInfrastructure One, TestInfrastructure Other)> TwoNodesAsync()
    {
        var database = TestDatabase.Create();
        var one = await TestInfrastructure.StartAsync(configure: options => options.PostgreSql = database);
        return (one, new TestInfrastructure(configure: options => options.PostgreSql = database));
    }

    private static INodeTurns Turns(TestInfrastructure node) => node.Services.GetRequiredService<INodeTurns>();

    private static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>Asks the nodes' database for a number.</summary>
    private static async Task<int> AskAsync(TestInfrastructure node, string sql)
    {
#pragma warning disable CA2100 // It is written above.
        await using var command = node.Services.GetRequiredService<PostgreSqlSource>().DataSource.CreateCommand($"{sql} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
#pragma warning restore CA2100
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
