namespace PostModtag.Application.Routing;

/// <summary>The day that it is in Denmark: rules' periods are counted in Danish days.</summary>
internal static class DanishDay
{
    private static readonly TimeZoneInfo Denmark = Find("Europe/Copenhagen", "Romance Standard Time");

    /// <summary>The day of a moment.</summary>
    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Denmark).DateTime);

    /// <summary>A moment as clocks in Denmark show it.</summary>
    public static DateTimeOffset ClockOf(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Denmark);

    /// <summary>The moment that a day begins, UTC.</summary>
    public static DateTimeOffset Begin(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Denmark.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static TimeZoneInfo Find(params string[] names)
    {
        foreach (var name in names)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
                return zone;
        }

        throw new InvalidOperationException("This machine does not know the Danish time zone (Europe/Copenhagen). Install its time zone data (Debian and Ubuntu: apt-get install tzdata).");
    }
}
