using System.Collections.Concurrent;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.GetOverview;

/// <summary>
/// Counts of days. A day that is over and whose messages are all decided changes no more: it is counted once, so that a month of a
/// busy server costs no more than today.
/// </summary>
public sealed class DayCounts(IOverviewStore store, TimeProvider clock)
{
    /// <summary>A message that is just being received when a day ends is kept within this time.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    private const int MostKept = 400;

    private readonly ConcurrentDictionary<DateOnly, IReadOnlyList<CountedMessages>> _over = new();

    /// <summary>The counts of a day in Denmark.</summary>
    public async Task<IReadOnlyList<CountedMessages>> OfAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (_over.TryGetValue(day, out var known))
            return known;
        var end = DanishDay.Begin(day.AddDays(1));
        var counted = await store.CountAsync(DanishDay.Begin(day), end, cancellationToken);
        if (clock.GetUtcNow() - end > Settled && counted.All(group => group.State is MessageState.Accepted or MessageState.Rejected))
        {
            if (_over.Count >= MostKept)
                _over.Clear();
            _over[day] = counted;
        }

        return counted;
    }
}
