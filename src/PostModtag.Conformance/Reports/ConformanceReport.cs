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

    /// <summary>Writes it as the file's ending says: .html, .json, .xml (JUnit) or .txt; null for another ending.</summary>
    public string? Write(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".html" => HtmlReport.Write(this),
        ".json" => JsonReport.Write(this),
        ".xml" => JUnitReport.Write(this),
        ".txt" => TextReport.Write(this),
        _ => null,
    };
}
