using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Deliveries;
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
}
