using PostModtag.Application.Deliveries;
using PostModtag.Application.ReceiveMessage;

namespace PostModtag.Application.Tests.ReceiveMessage;

public sealed class MessageTurnsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly MessageTurns _turns = new(new OneNode());
    private readonly Guid _message = Guid.NewGuid();

    [Fact]
    public async Task One_message_is_had_by_one_at_a_time()
    {
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            await using var turn = await _turns.TakeAsync(_message, Long);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }));
        most.ShouldBe(1);
    }

    [Fact]
    public async Task Another_message_does_not_wait()
    {
        await using var held = await _turns.TakeAsync(_message, Long);
        await using var other = await _turns.TakeAsync(Guid.NewGuid(), TimeSpan.Zero);
        other.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_turn_that_does_not_come_in_time_is_null_and_comes_when_it_is_free()
    {
        var held = await _turns.TakeAsync(_message, Long);
        (await _turns.TakeAsync(_message, TimeSpan.Zero)).ShouldBeNull();

        await held!.DisposeAsync();
        await held.DisposeAsync();

        await using var next = await _turns.TakeAsync(_message, TimeSpan.Zero);
        next.ShouldNotBeNull();
        (await _turns.TakeAsync(_message, TimeSpan.Zero)).ShouldBeNull();
    }
}
