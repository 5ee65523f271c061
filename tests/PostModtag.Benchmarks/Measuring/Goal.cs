using System.Globalization;

namespace PostModtag.Benchmarks.Measuring;

/// <summary>What a figure is to be: at least, or at most.</summary>
/// <param name="Limit">The goal.</param>
/// <param name="Stretch">What would be better still; null where nothing is said of it.</param>
/// <param name="IsAtMost">Whether less is better.</param>
/// <param name="Unit">What stands behind the number; a ratio has nothing.</param>
internal sealed record Goal(double Limit, double? Stretch, bool IsAtMost, string Unit = "")
{
    public static Goal AtLeast(double limit, double? stretch = null, string unit = "") => new(limit, stretch, false, unit);

    public static Goal AtMost(double limit, double? stretch = null, string unit = "") => new(limit, stretch, true, unit);

    /// <summary>Whether, and how well, it is met.</summary>
    public string Judge(double figure) => Holds(figure, Stretch ?? double.NaN) ? "stretch" : Holds(figure, Limit) ? "yes" : "no";

    public override string ToString() => (IsAtMost ? "≤ " : "≥ ") + Number(Limit) + (Stretch is { } stretch ? $" ({Number(stretch)})" : "") + (Unit.Length > 0 ? " " + Unit : "");

    /// <summary>Three digits that count.</summary>
    public static string Number(double value) => value switch
    {
        0 => "0",
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private bool Holds(double figure, double bound) => IsAtMost ? figure <= bound : figure >= bound;
}
