using System.Text.Encodings.Web;
using System.Text.Json;

namespace PostModtag.Conformance.Reports;

/// <summary>A report for programs.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of it.</summary>
    public static string Write(ConformanceReport report) => JsonSerializer.Serialize(
        new
        {
            endpoint = report.Endpoint,
            at = report.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            report.Version,
            passed = report.Count(CaseOutcome.Passed),
            failed = report.Count(CaseOutcome.Failed),
            skipped = report.Count(CaseOutcome.Skipped),
            cases = report.Results.Select(result => new
            {
                result.Case.Id, outcome = result.Outcome.ToString().ToUpperInvariant(), result.Case.Title, result.Case.Sentence, result.Case.Source, result.Detail, milliseconds = (long)result.Taken.TotalMilliseconds,
            }),
        },
        Options);
}
