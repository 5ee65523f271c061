using System.Collections.Concurrent;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.GetOverview;

/// <summary>
/// Counts of days. Of a day that is over nothing changes but what is not decided yet, and these are few: as long as they are the same,
/// the day is not counted again, so that a month of a busy server costs no more than today.
/// </summary>
internal sealed class DayCounts(IOverviewStore store, TimeProvider clock)
{
    /// <summary>A message that is just being received when a day ends is kept within this time.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    private const int MostKept = 400;

    private readonly ConcurrentDictionary<DateOnly, IReadOnlyList<CountedMessages>> _over = new();

    /// <summary>The counts of so many days in Denmark, the earliest first, until a last one.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, IReadOnlyList<CountedMessages> Counted)>> OfAsync(DateOnly last, int days, CancellationToken cancellationToken)
    {
        var undecided = (await store.FindUndecidedAsync(cancellationToken)).ToLookup(message => DanishDay.Of(message.ReceivedAt));
        var counts = new List<(DateOnly, IReadOnlyList<CountedMessages>)>(days);
        for (var day = last.AddDays(1 - days); day <= last; day = day.AddDays(1))
            counts.Add((day, await OfAsync(day, undecided[day], cancellationToken)));
        return counts;
    }

    private async Task<IReadOnlyList<CountedMessages>> OfAsync(DateOnly day, IEnumerable<UndecidedMessage> undecided, CancellationToken cancellationToken)
    {
        if (_over.TryGetValue(day, out var known) && IsAsItWas(known, undecided))
            return known;
        var end = DanishDay.Begin(day.AddDays(1));
        var counted = await store.CountAsync(DanishDay.Begin(day), end, cancellationToken);
        if (clock.GetUtcNow() - end > Settled)
        {
            if (_over.Count >= MostKept)
                _over.Clear();
            _over[day] = counted;
        }

        return counted;
    }

    private static bool IsAsItWas(IReadOnlyList<CountedMessages> known, IEnumerable<UndecidedMessage> undecided) =>
        known.Where(group => group.State is MessageState.Received or MessageState.Held).ToHashSet().SetEquals(undecided
            .GroupBy(message => (message.RecipientId, message.State, message.Fagsystem))
            .Select(group => new CountedMessages(group.Key.RecipientId, group.Key.State, group.Key.Fagsystem, group.Count())));
}
