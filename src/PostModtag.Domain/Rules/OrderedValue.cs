using System.Globalization;
using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>Numbers and dates as one kind of number that can be compared.</summary>
internal static class OrderedValue
{
    // Those of ISO 8601 and no others: of a time of day alone, .NET would make a moment of today.
    private static readonly string[] Moments = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryRead(MemoFieldType type, ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        var trimmed = text.Trim();
        switch (type)
        {
            case MemoFieldType.WholeNumber or MemoFieldType.DecimalNumber:
                return decimal.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
            case MemoFieldType.Date:
                var isDay = DateOnly.TryParseExact(trimmed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
                value = day.DayNumber;
                return isDay;
            case MemoFieldType.DateTime:
                var isMoment = DateTimeOffset.TryParseExact(trimmed, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
                value = moment.UtcTicks;
                return isMoment;
            case MemoFieldType.Uuid:
                return Guid.TryParseExact(trimmed, "D", out _);
            case MemoFieldType.Boolean:
                return bool.TryParse(trimmed, out _);
            default:
                return false;
        }
    }

    /// <summary>A value as a message prints it, so that the two can be looked up by each other; of what cannot be compared, without the white space around.</summary>
    public static string Print(MemoFieldType type, string text)
    {
        if (!TryRead(type, text, out var value))
            return text;
        return type switch
        {
            MemoFieldType.WholeNumber or MemoFieldType.DecimalNumber => MemoValue.Print(value == 0 ? 0 : value),
            MemoFieldType.Date => MemoValue.Print(DateOnly.FromDayNumber((int)value)),
            MemoFieldType.DateTime => MemoValue.Print(new DateTimeOffset((long)value, TimeSpan.Zero)),
            MemoFieldType.Text => text,
            _ => text.Trim(),
        };
    }
}
