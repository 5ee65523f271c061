using System.Globalization;
using System.Text;

namespace PostModtag.Conformance.Reports;

/// <summary>A report for a terminal, or to be pasted.</summary>
public static class TextReport
{
    /// <summary>All of it.</summary>
    public static string Write(ConformanceReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Conformance of {report.Endpoint} with EP_FS1 – PostModtag, {report.At:yyyy-MM-dd HH:mm} UTC, postmodtag {report.Version}");
        text.AppendLine();
        foreach (var result in report.Results)
            text.AppendLine(Line(result));
        text.AppendLine();
        return text.AppendLine(report.Summary).ToString();
    }

    /// <summary>One case; what it is about too, where it did not pass.</summary>
    public static string Line(CaseResult result) => result.Outcome == CaseOutcome.Passed
        ? $"passed   {result.Case.Id}: {result.Case.Title}"
        : $"""
            {(result.Outcome == CaseOutcome.Failed ? "FAILED " : "skipped")}  {result.Case.Id}: {result.Case.Title}
                     {result.Detail}
                     The contract says: {result.Case.Sentence} ({result.Case.Source})
            """;
}
