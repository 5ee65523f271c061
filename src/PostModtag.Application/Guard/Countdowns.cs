using Microsoft.Extensions.Options;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Guard;

namespace PostModtag.Application.Guard;

/// <summary>Counts for every authority that messages are received for, and for every fagsystem.</summary>
internal sealed class Countdowns(IGuardStore taken, ISetupStore setup, IOptions<PostModtagOptions> options, TimeProvider clock)
{
    /// <summary>How long an authority is watched of which nothing is known but its messages.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private CountdownList _latest = new(DateTimeOffset.MinValue, []);

    /// <summary>What was counted last on this node, for those who ask often. Empty until it has been.</summary>
    public CountdownList Latest
    {
        get => Volatile.Read(ref _latest);
        internal set => Volatile.Write(ref _latest, value);
    }

    /// <summary>Counts now.</summary>
    public async Task<CountdownList> CountAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var snapshot = await setup.GetSnapshotAsync(cancellationToken);
        var countdowns = new List<Countdown>();
        var byAuthority = await taken.FindTakenByAuthorityAsync(cancellationToken);
        foreach (var cvr in Authorities(snapshot, byAuthority, now))
        {
            var ofAuthority = byAuthority.GetValueOrDefault(cvr, Taken.Nothing);
            countdowns.Add(Countdown.OfAuthority(cvr, ofAuthority, ofAuthority.LastDecidedAt is null ? await ServedSinceAsync(cvr, snapshot, cancellationToken) : null, now));
        }

        var byFagsystem = await taken.FindTakenByFagsystemAsync(cancellationToken);
        countdowns.AddRange(snapshot.Fagsystemer
            .Select(fagsystem => (fagsystem, taken: byFagsystem.GetValueOrDefault(fagsystem.Key, Taken.Nothing)))
            .Where(pair => pair.fagsystem.State != FagsystemState.Retired || pair.taken.UndecidedSince is not null)
            .Select(pair => Countdown.OfFagsystem(pair.fagsystem, pair.taken, now)));
        return new CountdownList(now, [.. countdowns.OrderBy(countdown => countdown.DeactivatedAt ?? DateTimeOffset.MaxValue).ThenBy(countdown => countdown.Whose, StringComparer.Ordinal)]);
    }

    /// <summary>Those that the settings name; where they name none, those with rules, and those that messages come for.</summary>
    private IEnumerable<string> Authorities(SetupSnapshot snapshot, IReadOnlyDictionary<string, Taken> byAuthority, DateTimeOffset now) =>
        options.Value.ServedAuthorities is { Count: > 0 } served
            ? served.Distinct()
            : byAuthority.Where(pair => pair.Value.UndecidedSince is not null || now - pair.Value.LastReceivedAt < Remembered).Select(pair => pair.Key).Union(snapshot.CurrentVersions.Keys);

    /// <summary>Since its first publication; else, where the settings name it, since they were read. Not known of one that only its messages tell of.</summary>
    private async Task<DateTimeOffset?> ServedSinceAsync(string cvr, SetupSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.CurrentVersions.ContainsKey(cvr) && (await setup.FindPublicationsAsync(cvr, 2, 1, cancellationToken)).SingleOrDefault() is { } first)
            return first.PublishedAt;
        return options.Value.ServedAuthorities.Contains(cvr) ? _startedAt : null;
    }
}

/// <summary>The countdowns of all, the one with the least time left first.</summary>
/// <param name="CountedAt">When they were counted, UTC.</param>
/// <param name="Countdowns">The countdowns.</param>
public sealed record CountdownList(DateTimeOffset CountedAt, IReadOnlyList<Countdown> Countdowns);
