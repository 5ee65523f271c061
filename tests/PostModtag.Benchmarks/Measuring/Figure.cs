namespace PostModtag.Benchmarks.Measuring;

/// <summary>A line of the table: what was measured beside its reference.</summary>
/// <param name="Row">The row of the table of goals.</param>
/// <param name="Work">What was done.</param>
/// <param name="Measured">What it came to, with its unit.</param>
/// <param name="Reference">The reference, and what that came to in the same run.</param>
/// <param name="Ratio">The median of the rounds' ratios, or the figure itself where the goal is no ratio.</param>
/// <param name="Goal">What it is to be; null where it only reports.</param>
internal sealed record Figure(int Row, string Work, string Measured, string Reference, double Ratio, Goal? Goal)
{
    /// <summary>As the table shows it. A reference that is too short for its own clock gives no ratio, and nothing is said of the goal.</summary>
    public IReadOnlyList<string> Cells =>
    [
        $"{Row}", Work, Measured, Reference, double.IsFinite(Ratio) ? Measuring.Goal.Number(Ratio) : "not known", $"{Goal}",
        string.Join(", ", new[] { double.IsFinite(Ratio) ? Goal?.Judge(Ratio) : null, Also }.OfType<string>()),
    ];

    /// <summary>A second goal, and whether it is met; null where there is none.</summary>
    public string? Also { get; init; }
}
