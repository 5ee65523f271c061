namespace PostModtag.Conformance.Reports;

/// <summary>What a run came to, for whoever is handed it.</summary>
/// <param name="Endpoint">The endpoint's address.</param>
/// <param name="At">When it was run.</param>
/// <param name="Version">The version of the tool.</param>
/// <param name="Results">Each case.</param>
public sealed record ConformanceReport(Uri Endpoint, DateTimeOffset At, string Version, IReadOnlyList<CaseResult> Results)
{
    /// <summary>How many cases came to that.</summary>
    public int Count(CaseOutcome outcome) => Results.Count(result => result.Outcome == outcome);

    /// <summary>One sentence of it.</summary>
    public string Summary => $"{Results.Count} cases: {Count(CaseOutcome.Passed)} passed, {Count(CaseOutcome.Failed)} failed, {Count(CaseOutcome.Skipped)} skipped.";

    private static readonly Dictionary<string, Func<ConformanceReport, string>> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = HtmlReport.Write, [".json"] = JsonReport.Write, [".xml"] = JUnitReport.Write, [".txt"] = TextReport.Write,
    };

    /// <summary>Whether it can be written to a file with that ending: .html, .json, .xml (JUnit) or .txt.</summary>
    public static bool HasForm(string file) => Forms.ContainsKey(Path.GetExtension(file));

    /// <summary>Writes it as the file's ending says; null where <see cref="HasForm"/> says no.</summary>
    public string? Write(string file) => Forms.TryGetValue(Path.GetExtension(file), out var write) ? write(this) : null;
}
