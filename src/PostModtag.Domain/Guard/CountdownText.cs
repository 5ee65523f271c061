using System.Globalization;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Guard;

/// <summary>What a countdown says to people: that nothing came is told apart from that nothing was decided.</summary>
internal static class CountdownText
{
    public static BilingualText Of(Countdown countdown) => countdown switch
    {
        { Level: CountdownLevel.None } => OfNone(countdown),
        { Level: CountdownLevel.Ok } => new(
            $"Der er gået mindre end et døgn siden {Time(countdown.QuietSince)}: intet at gøre.",
            $"Less than a day has gone since {Time(countdown.QuietSince)}: nothing to see to."),
        { Cause: CountdownCause.NothingDecided } => Joined(Waiting(countdown), TakesNone(countdown), Deadline(countdown)),
        { Taken.Undecided: > 0 } => Joined(JustCame(countdown), Deadline(countdown)),
        _ => Joined(NothingCame(countdown), countdown.Fagsystem is null ? Deadline(countdown) : EndOfUse(countdown)),
    };

    private static BilingualText OfNone(Countdown countdown) => countdown switch
    {
        { State: FagsystemState.Paused } => new(
            "Fagsystemet er sat på pause, og ingen meddelelse venter: der tælles ikke ned.",
            "The fagsystem is paused, and no message waits: nothing counts down."),
        { Taken.LastDecidedAt: null } => new(
            "Der er ikke kommet noget endnu: der tælles ned fra den første meddelelse.",
            "Nothing has come yet: it counts down from the first message on."),
        _ => new(
            "Der er ikke kommet noget i syv dage, og ingen meddelelse venter: der tælles ned igen fra den næste.",
            "Nothing has come for seven days, and no message waits: it counts down again from the next one on."),
    };

    private static BilingualText Waiting(Countdown countdown) => new(
        $"{Count(countdown.Taken.Undecided, "meddelelse venter", "meddelelser venter")}, den ældste siden {Time(countdown.Taken.UndecidedSince)}, og ingen er blevet afgjort siden {Time(countdown.QuietSince)}, for {Count(countdown.Days, "dag", "dage")} siden.",
        $"{Count(countdown.Taken.Undecided, "message waits", "messages wait")}, the oldest since {Time(countdown.Taken.UndecidedSince)}, and none has been decided since {Time(countdown.QuietSince)}, {Count(countdown.Days, "day", "days")} ago.");

    private static BilingualText? TakesNone(Countdown countdown) => countdown.State switch
    {
        FagsystemState.Paused => new("Fagsystemet er sat på pause.", "The fagsystem is paused."),
        FagsystemState.Retired => new("Fagsystemet er udgået; en person må sende dem til et andet.", "The fagsystem is retired; a person must send them to another."),
        _ => null,
    };

    private static BilingualText JustCame(Countdown countdown) => new(
        $"Intet er blevet afgjort siden {Time(countdown.QuietSince)}, for {Count(countdown.Days, "dag", "dage")} siden; {Count(countdown.Taken.Undecided, "meddelelse", "meddelelser")} er netop kommet.",
        $"Nothing has been decided since {Time(countdown.QuietSince)}, {Count(countdown.Days, "day", "days")} ago; {Count(countdown.Taken.Undecided, "message has", "messages have")} just come.");

    private static BilingualText NothingCame(Countdown countdown)
    {
        var (danish, english) = countdown switch
        {
            { Fagsystem: not null } => ("Måske var der ingen post til det; måske sender reglerne den nu andre steder hen.", "Perhaps there was no post for it; perhaps the rules send it elsewhere now."),
            _ => ("Måske var der ingen post; måske er vejen fra Digital Post til denne server brudt.", "Perhaps there was no post; perhaps the way from Digital Post to this server is broken."),
        };
        return new BilingualText(
            $"Der er ikke kommet noget siden {Time(countdown.QuietSince)}, for {Count(countdown.Days, "dag", "dage")} siden. {danish}",
            $"Nothing has come since {Time(countdown.QuietSince)}, {Count(countdown.Days, "day", "days")} ago. {english}");
    }

    private static BilingualText Deadline(Countdown countdown) => countdown.Level == CountdownLevel.Overdue
        ? new($"Digital Post kan have deaktiveret modtagersystemet {Time(countdown.DeactivatedAt)}.", $"Digital Post may have deactivated the receiving system on {Time(countdown.DeactivatedAt)}.")
        : new($"Digital Post deaktiverer modtagersystemet {Time(countdown.DeactivatedAt)}, hvis intet bliver afgjort inden.", $"Digital Post deactivates the receiving system on {Time(countdown.DeactivatedAt)} unless something is decided before.");

    private static BilingualText EndOfUse(Countdown countdown) => new(
        $"Kommer der intet inden {Time(countdown.DeactivatedAt)}, regnes det ikke længere for at være i brug.",
        $"If nothing comes before {Time(countdown.DeactivatedAt)}, it no longer counts as being used.");

    private static BilingualText Joined(params IEnumerable<BilingualText?> texts) => new(
        string.Join(' ', texts.OfType<BilingualText>().Select(text => text.Danish)),
        string.Join(' ', texts.OfType<BilingualText>().Select(text => text.English)));

    private static string Count(int number, string one, string more) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : more)}");

    private static string Time(DateTimeOffset? moment) => moment!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
