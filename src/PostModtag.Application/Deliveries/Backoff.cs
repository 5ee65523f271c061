namespace PostModtag.Application.Deliveries;

/// <summary>How long to wait before something is tried again.</summary>
internal static class Backoff
{
    /// <summary>The longest that the other side can have us wait: a slip in its Retry-After is no reason to be silent for years.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <summary>
    /// The first wait, doubled with each try up to the longest, and then half of it left to chance, so that not all come at once;
    /// no less than the other side asks for, up to a day.
    /// </summary>
    public static TimeSpan Wait(TimeSpan first, TimeSpan longest, int tries, TimeSpan? retryAfter)
    {
        var whole = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Clamp(tries - 1, 0, 60)), longest.TotalSeconds);
#pragma warning disable CA5394 // It spreads load; it keeps no secret.
        var wait = TimeSpan.FromSeconds(whole * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
        var asked = retryAfter < LongestAsked ? retryAfter.Value : retryAfter is null ? TimeSpan.Zero : LongestAsked;
        return asked > wait ? asked : wait;
    }
}
