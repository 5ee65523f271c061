namespace PostModtag.Domain.Guard;

/// <summary>What an authority's messages, or those for a fagsystem, have come to.</summary>
/// <param name="LastReceivedAt">When the last one was first received, UTC; null when there never was one.</param>
/// <param name="LastDecidedAt">When one last got its final receipt, UTC; null when none has.</param>
/// <param name="UndecidedSince">When the oldest of those that are not decided was first received, UTC; null when all are.</param>
/// <param name="Undecided">How many are not decided.</param>
public sealed record Taken(DateTimeOffset? LastReceivedAt = null, DateTimeOffset? LastDecidedAt = null, DateTimeOffset? UndecidedSince = null, int Undecided = 0)
{
    /// <summary>There never was a message.</summary>
    public static Taken Nothing { get; } = new();
}
