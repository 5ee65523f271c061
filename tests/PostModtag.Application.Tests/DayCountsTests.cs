using PostModtag.Application.GetOverview;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Tests;

/// <summary>A day that is over is counted once, and again only when something of it that was not decided has changed.</summary>
public sealed class DayCountsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 23);

    private readonly Store _store = new();

    [Fact]
    public async Task Days_that_are_over_are_counted_once_and_today_each_time()
    {
        var counts = new DayCounts(_store, new At(Now));
        (await counts.OfAsync(Today, 3, CancellationToken.None)).Select(day => day.Day).ShouldBe([Today.AddDays(-2), Today.AddDays(-1), Today]);
        _store.Counted.ShouldBe([Today.AddDays(-2), Today.AddDays(-1), Today]);

        await counts.OfAsync(Today, 3, CancellationToken.None);
        _store.Counted.Skip(3).ShouldBe([Today]);
    }

    [Fact]
    public async Task A_day_is_counted_again_when_one_of_its_messages_is_decided_or_goes_elsewhere()
    {
        var counts = new DayCounts(_store, new At(Now));
        _store.Undecided.Add(new UndecidedMessage(Now.AddDays(-1), "90000001", MessageState.Held, "esdh"));
        await counts.OfAsync(Today, 3, CancellationToken.None);
        await counts.OfAsync(Today, 3, CancellationToken.None);
        _store.Counted.Skip(3).ShouldBe([Today]);

        _store.Undecided[0] = _store.Undecided[0] with { Fagsystem = "byg" };
        await counts.OfAsync(Today, 3, CancellationToken.None);
        _store.Counted.Skip(4).ShouldBe([Today.AddDays(-1), Today]);

        _store.Undecided.Clear();
        await counts.OfAsync(Today, 3, CancellationToken.None);
        _store.Counted.Skip(6).ShouldBe([Today.AddDays(-1), Today]);
    }

    [Fact]
    public async Task Just_after_midnight_yesterday_may_still_get_a_message()
    {
        var counts = new DayCounts(_store, new At(new DateTimeOffset(2026, 11, 22, 23, 5, 0, TimeSpan.Zero)));
        await counts.OfAsync(Today, 2, CancellationToken.None);
        await counts.OfAsync(Today, 2, CancellationToken.None);
        _store.Counted.Count.ShouldBe(4);
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class Store : IOverviewStore
    {
        public List<DateOnly> Counted { get; } = [];

        public List<UndecidedMessage> Undecided { get; } = [];

        public Task<IReadOnlyList<CountedMessages>> CountAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
        {
            Counted.Add(Routing.DanishDay.Of(from));
            return Task.FromResult<IReadOnlyList<CountedMessages>>([.. Undecided.Where(message => message.ReceivedAt >= from && message.ReceivedAt < before)
                .Select(message => new CountedMessages(message.RecipientId, message.State, message.Fagsystem, 1))]);
        }

        public Task<IReadOnlyList<UndecidedMessage>> FindUndecidedAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<UndecidedMessage>>([.. Undecided]);
    }
}
