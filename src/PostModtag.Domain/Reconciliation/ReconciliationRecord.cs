using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PostModtag.Domain.Reconciliation;

/// <summary>
/// What became of an authority's messages in one Danish day: those that were open when it began and those that came are those that were
/// accepted, those that were rejected and those that were open when it ended. Each record has the hash of the one of the day before, so
/// that none can be changed or taken out without a trace.
/// </summary>
/// <param name="Authority">The authority's CVR number; <see cref="Others"/> for messages whose recipient is none, or could not be read.</param>
/// <param name="Number">The record's number of that authority, from 1, without gaps.</param>
/// <param name="Day">The day, in Denmark.</param>
/// <param name="CarriedIn">How many messages were received before the day and not decided when it began.</param>
/// <param name="Received">How many messages were received in the day.</param>
/// <param name="Accepted">How many got the receipt COMPLETED in the day.</param>
/// <param name="Rejected">How many got the receipt INVALID or NOT_ALLOWED in the day.</param>
/// <param name="Held">How many were not decided when the day ended: those that are held, and those to be sent again.</param>
/// <param name="MessagesSha256">The digest of the day's messages, received and decided: <see cref="MessagesDigest"/>.</param>
/// <param name="PreviousSha256">The hash of the record before; 64 zeros for the first.</param>
public sealed record ReconciliationRecord(
    string Authority, int Number, DateOnly Day, int CarriedIn, int Received, int Accepted, int Rejected, int Held, string MessagesSha256, string PreviousSha256)
{
    /// <summary>What stands in the place of a CVR number for messages to nobody that is known.</summary>
    public const string Others = "OTHERS";

    /// <summary>What the first record of an authority has in the place of the hash of the one before.</summary>
    public const string NoneBefore = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>SHA-256 of all of it, in lower-case hexadecimal: of the lines that docs/operating.md shows.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>Whether nothing was lost and nothing came from nowhere.</summary>
    public bool IsBalanced => CarriedIn + Received == Accepted + Rejected + Held;

    /// <summary>The record that follows another of the same authority; its first when there is none.</summary>
    /// <param name="authority">The authority.</param>
    /// <param name="day">The day.</param>
    /// <param name="facts">What was counted.</param>
    /// <param name="previous">The record of the day before.</param>
    public static ReconciliationRecord Of(string authority, DateOnly day, DayFacts facts, ReconciliationRecord? previous)
    {
        var record = new ReconciliationRecord(
            authority, (previous?.Number ?? 0) + 1, day, previous?.Held ?? facts.OpenBefore, facts.Received, facts.Accepted, facts.Rejected, facts.Held,
            facts.MessagesSha256, previous?.Sha256 ?? NoneBefore);
        return record with { Sha256 = record.Hash() };
    }

    /// <summary>What is wrong with it as the one that follows another; null when nothing is.</summary>
    public string? FaultAfter(ReconciliationRecord? previous)
    {
        if (Sha256 != Hash())
            return "it has been changed: its hash is not that of what it says";
        if (Number != (previous?.Number ?? 0) + 1 || (previous is not null && Day != previous.Day.AddDays(1)))
            return $"a record before it is missing: number {Number} of {Day:yyyy-MM-dd} follows {(previous is null ? "none" : $"number {previous.Number} of {previous.Day:yyyy-MM-dd}")}";
        if (PreviousSha256 != (previous?.Sha256 ?? NoneBefore))
            return "the record before it has been changed: its hash is not the one that this record has of it";
        return IsBalanced ? null : $"it does not add up: {CarriedIn} carried in and {Received} received are not {Accepted} accepted, {Rejected} rejected and {Held} held";
    }

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"postmodtag-reconciliation-1\n{Authority}\n{Number}\n{Day:yyyy-MM-dd}\n{CarriedIn}\n{Received}\n{Accepted}\n{Rejected}\n{Held}\n{MessagesSha256}\n{PreviousSha256}\n"))));
}

/// <summary>What was counted of an authority's messages in one day.</summary>
/// <param name="OpenBefore">How many were received before it and not decided when it began.</param>
/// <param name="Received">How many were received.</param>
/// <param name="Accepted">How many were accepted.</param>
/// <param name="Rejected">How many were rejected.</param>
/// <param name="Held">How many were received until its end and not decided then.</param>
/// <param name="MessagesSha256">The digest of those received and decided.</param>
public sealed record DayFacts(int OpenBefore, int Received, int Accepted, int Rejected, int Held, string MessagesSha256);
