using System.Globalization;
using System.Xml;

namespace PostModtag.Domain.Memo;

/// <summary>Reads the schema's simple types from text that has been found valid, and prints them in one form each.</summary>
internal static class MemoValue
{
    /// <summary>Without zeros at the end, which a decimal keeps: 1.10 is 1.1.</summary>
    public const string DecimalFormat = "0.############################";

    public const string UuidFormat = "D";

    public const string DateTimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public const string DateFormat = "yyyy-MM-dd";

    public static string Text(string text) => text;

    public static bool Boolean(string text) => XmlConvert.ToBoolean(text.Trim());

    public static long WholeNumber(string text) => XmlConvert.ToInt64(text.Trim());

    public static decimal DecimalNumber(string text) => XmlConvert.ToDecimal(text.Trim());

    public static Guid Uuid(string text) => Guid.Parse(text);

    public static DateTimeOffset DateTime(string text) => XmlConvert.ToDateTimeOffset(text.Trim());

    /// <summary>An xs:date may carry a time zone, which says nothing to a receiver: the day is what was written.</summary>
    public static DateOnly Date(string text) => DateOnly.ParseExact(text.Trim().AsSpan(0, 10), DateFormat, CultureInfo.InvariantCulture);

    public static string Print(decimal value) => value.ToString(DecimalFormat, CultureInfo.InvariantCulture);

    public static string Print(DateTimeOffset value) => value.UtcDateTime.ToString(DateTimeFormat, CultureInfo.InvariantCulture);

    public static string Print(DateOnly value) => value.ToString(DateFormat, CultureInfo.InvariantCulture);
}
