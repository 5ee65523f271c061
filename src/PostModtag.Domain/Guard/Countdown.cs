using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Guard;

/// <summary>
/// The seven days after which Digital Post deactivates a receiving system that takes nothing, counted for an authority or for a
/// fagsystem. To take a message is to give it its final receipt, accept or reject; <c>RECEIVED</c> is none.
/// </summary>
public sealed class Countdown
{
    /// <summary>How long Digital Post sends again before it deactivates.</summary>
    public static readonly TimeSpan UntilDeactivated = TimeSpan.FromDays(7);

    private static readonly TimeSpan UntilWarning = TimeSpan.FromDays(1);
    private static readonly TimeSpan UntilCritical = TimeSpan.FromDays(6);

    // A message that is just being delivered, or asked about again, says nothing yet of the one that is to take it.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromHours(1);

    private Countdown()
    {
    }

    /// <summary>The authority's CVR number; null when it is a fagsystem's countdown.</summary>
    public string? Authority { get; private init; }

    /// <summary>The fagsystem's key; null when it is an authority's countdown.</summary>
    public string? Fagsystem { get; private init; }

    /// <summary>Whose it is, for people: <c>authority 90000001</c> or <c>fagsystem esdh</c>.</summary>
    public string Whose => Authority is not null ? $"authority {Authority}" : $"fagsystem {Fagsystem}";

    /// <summary>Whether the fagsystem takes messages; null when it is an authority's countdown.</summary>
    public FagsystemState? State { get; private init; }

    /// <summary>What its messages have come to.</summary>
    public Taken Taken { get; private init; } = Taken.Nothing;

    /// <summary>The moment from which nothing was taken, UTC; null when nothing counts down.</summary>
    public DateTimeOffset? QuietSince { get; private init; }

    /// <summary>When Digital Post deactivates, UTC; null when nothing counts down.</summary>
    public DateTimeOffset? DeactivatedAt => QuietSince + UntilDeactivated;

    /// <summary>How long it is until then, as it was counted; below zero when that has passed.</summary>
    public TimeSpan? Left { get; private init; }

    /// <summary>How many whole days have gone since <see cref="QuietSince"/>; 0 when nothing counts down.</summary>
    public int Days { get; private init; }

    /// <summary>How far it has come.</summary>
    public CountdownLevel Level { get; private init; }

    /// <summary>Why nothing was taken; null below <see cref="CountdownLevel.Warning"/>.</summary>
    public CountdownCause? Cause { get; private init; }

    /// <summary>Whether somebody must see to it.</summary>
    public bool IsQuiet => Level >= CountdownLevel.Warning;

    /// <summary>What it says to people.</summary>
    public BilingualText Text => CountdownText.Of(this);

    /// <summary>
    /// An authority's countdown. What Digital Post counts by cannot be seen from here, so it is counted for the worst: from the last
    /// message that was taken, whether or not one has come since.
    /// </summary>
    /// <param name="cvr">The authority's CVR number.</param>
    /// <param name="taken">What its messages have come to.</param>
    /// <param name="servedSince">From when messages were to be taken for it, UTC, where that is known; it counts where none has been taken.</param>
    /// <param name="now">The time.</param>
    public static Countdown OfAuthority(string cvr, Taken taken, DateTimeOffset? servedSince, DateTimeOffset now) =>
        Of(cvr, null, taken, taken.LastDecidedAt ?? (taken.UndecidedSince < servedSince ? taken.UndecidedSince : servedSince ?? taken.UndecidedSince), now);

    /// <summary>
    /// A fagsystem's countdown. What is sent to it can be seen from here: it counts while messages wait for it, and while nothing
    /// comes for it that used to come, but then it is never more than a warning. One that is not used, or is paused and has nothing waiting, has none.
    /// </summary>
    /// <param name="fagsystem">The fagsystem.</param>
    /// <param name="taken">What the messages for it have come to.</param>
    /// <param name="now">The time.</param>
    public static Countdown OfFagsystem(Fagsystem fagsystem, Taken taken, DateTimeOffset now)
    {
        var isUsed = fagsystem.State == FagsystemState.Active && now - taken.LastDecidedAt < UntilDeactivated;
        var quietSince = taken.UndecidedSince is null && !isUsed ? null
            : taken.UndecidedSince > taken.LastDecidedAt ? taken.UndecidedSince
            : taken.LastDecidedAt ?? taken.UndecidedSince;
        return Of(null, fagsystem, taken, quietSince, now);
    }

    private static Countdown Of(string? authority, Fagsystem? fagsystem, Taken taken, DateTimeOffset? quietSince, DateTimeOffset now)
    {
        var level = LevelOf(now - quietSince);
        CountdownCause? cause = level < CountdownLevel.Warning ? null
            : now - taken.UndecidedSince >= OnItsWay ? CountdownCause.NothingDecided
            : CountdownCause.NothingCame;
        return new Countdown
        {
            Authority = authority,
            Fagsystem = fagsystem?.Key,
            State = fagsystem?.State,
            Taken = taken,
            QuietSince = quietSince,
            Left = quietSince + UntilDeactivated - now,
            Days = Math.Max(0, (now - quietSince)?.Days ?? 0),

            // Where nothing is sent to a fagsystem, nothing is lost.
            Level = fagsystem is not null && cause == CountdownCause.NothingCame ? CountdownLevel.Warning : level,
            Cause = cause,
        };
    }

    private static CountdownLevel LevelOf(TimeSpan? quiet) => quiet switch
    {
        null => CountdownLevel.None,
        _ when quiet >= UntilDeactivated => CountdownLevel.Overdue,
        _ when quiet >= UntilCritical => CountdownLevel.Critical,
        _ when quiet >= UntilWarning => CountdownLevel.Warning,
        _ => CountdownLevel.Ok,
    };
}

/// <summary>How far a countdown has come.</summary>
public enum CountdownLevel
{
    /// <summary>Nothing counts down: nothing is to be taken.</summary>
    None,

    /// <summary>Less than a day has gone.</summary>
    Ok,

    /// <summary>A day or more has gone.</summary>
    Warning,

    /// <summary>Six days or more have gone: less than a day is left.</summary>
    Critical,

    /// <summary>The seven days are over.</summary>
    Overdue,
}

/// <summary>Why nothing was taken.</summary>
public enum CountdownCause
{
    /// <summary>Nothing came: perhaps there was no post, perhaps the way to here is broken.</summary>
    NothingCame,

    /// <summary>Messages came, and none was decided.</summary>
    NothingDecided,
}
