using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.PostgreSql;

/// <summary>What many ask at once is asked in rounds, and each hears what became of its own.</summary>
public sealed class RoundsTests
{
    private readonly List<int> _sizes = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Those_who_come_during_a_round_are_in_the_next_together_and_none_is_larger_than_64()
    {
        await using var rounds = new Rounds<int, int>(MakeAsync);
        var first = rounds.AskAsync(-1);
        await _begun.Task.WaitAsync(Eventually.Patience);
        var others = Enumerable.Range(0, 100).Select(rounds.AskAsync).ToList();
        _go.SetResult();

        (await first.WaitAsync(Eventually.Patience)).ShouldBe(-2);
        (await Task.WhenAll(others).WaitAsync(Eventually.Patience)).ShouldBe(Enumerable.Range(0, 100).Select(number => number * 2));
        _sizes.ShouldBe([1, 64, 36]);
    }

    [Fact]
    public async Task All_in_a_round_that_fails_hear_why_and_the_next_is_made()
    {
        await using var rounds = new Rounds<int, int>(MakeAsync);
        var first = rounds.AskAsync(-1);
        await _begun.Task.WaitAsync(Eventually.Patience);
        var (one, failing, other) = (rounds.AskAsync(1), rounds.AskAsync(0x0BAD), rounds.AskAsync(2));
        _go.SetResult();

        await first.WaitAsync(Eventually.Patience);
        (await one.WaitAsync(Eventually.Patience)).ShouldBe(2, "it had its answer before");
        foreach (var task in new[] { failing, other })
            (await Should.ThrowAsync<InvalidDataException>(task.WaitAsync(Eventually.Patience))).Message.ShouldBe("bad");
        (await rounds.AskAsync(3).WaitAsync(Eventually.Patience)).ShouldBe(6);
    }

    [Fact]
    public async Task It_ends_when_all_that_was_asked_is_answered_and_then_nothing_can_be_asked()
    {
        var rounds = new Rounds<int, int>(MakeAsync);
        var first = rounds.AskAsync(-1);
        await _begun.Task.WaitAsync(Eventually.Patience);
        var other = rounds.AskAsync(1);

        var end = rounds.DisposeAsync().AsTask();

        Should.Throw<ObjectDisposedException>(() => { _ = rounds.AskAsync(2); });
        end.IsCompleted.ShouldBeFalse();
        _go.SetResult();
        await end.WaitAsync(Eventually.Patience);
        (first.IsCompletedSuccessfully, other.IsCompletedSuccessfully).ShouldBe((true, true));
    }

    private async Task MakeAsync(IReadOnlyList<Rounds<int, int>.Asked> round)
    {
        _sizes.Add(round.Count);
        _begun.TrySetResult();
        await _go.Task;
        foreach (var asked in round)
            asked.Answer(asked.Question == 0x0BAD ? throw new InvalidDataException("bad") : asked.Question * 2);
    }
}
