using System.Globalization;
using PostModtag.Application.Routing;

namespace PostModtag.Web.Language;

/// <summary>Numbers, moments and sizes as people write them in the language of the page. Moments are shown by Danish clocks.</summary>
public sealed class Written(Texts texts, TimeProvider clock)
{
    private static readonly NumberFormatInfo DanishNumbers = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Today in Denmark.</summary>
    public DateOnly Today => DanishDay.Of(Now);

    /// <summary>A number with its thousands set apart.</summary>
    public string Number(long number) => Number(number, texts.Language);

    /// <summary>A day: <c>26. nov. 2026</c>.</summary>
    public string Day(DateOnly day) => texts.With("Written.Day", day.Day, Month(day.Month), day.Year);

    /// <summary>A day without its year: <c>26. nov.</c></summary>
    public string ShortDay(DateOnly day) => texts.With("Written.ShortDay", day.Day, Month(day.Month));

    /// <summary>A moment: <c>26. nov. 2026 kl. 14.05</c>.</summary>
    public string Moment(DateTimeOffset moment) => texts.With("Written.Moment", Day(DanishDay.Of(moment)), Clock(moment, "Written.Clock"));

    /// <summary>A moment to the second.</summary>
    public string Exact(DateTimeOffset moment) => texts.With("Written.Moment", Day(DanishDay.Of(moment)), Clock(moment, "Written.ClockExact"));

    /// <summary>A moment for machines, as <c>datetime</c> has it.</summary>
    public static string Iso(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A size in bytes, in the unit that fits.</summary>
    public string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => $"{Decimal(bytes / 1_000m)} kB",
        _ => $"{Decimal(bytes / 1_000_000m)} MB",
    };

    internal static string Number(long number, ConsoleLanguage language) =>
        number.ToString("N0", language == ConsoleLanguage.English ? CultureInfo.InvariantCulture.NumberFormat : DanishNumbers);

    private string Decimal(decimal number) => number.ToString(number < 10 ? "0.#" : "0", texts.Language == ConsoleLanguage.English ? CultureInfo.InvariantCulture.NumberFormat : DanishNumbers);

    private string Month(int month) => texts["Written.Months"].Split(' ')[month - 1];

    private string Clock(DateTimeOffset moment, string form)
    {
        var danish = DanishDay.ClockOf(moment);
        return texts.With(form, danish.Hour.ToString("00", CultureInfo.InvariantCulture), danish.Minute.ToString("00", CultureInfo.InvariantCulture), danish.Second.ToString("00", CultureInfo.InvariantCulture));
    }
}
