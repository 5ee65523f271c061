using System.Globalization;
using System.Xml.Linq;

namespace PostModtag.Conformance.Reports;

/// <summary>A report for build servers, as JUnit has it.</summary>
public static class JUnitReport
{
    /// <summary>All of it.</summary>
    public static string Write(ConformanceReport report) => new XDeclaration("1.0", "utf-8", null) + Environment.NewLine + new XElement(
        "testsuites",
        new XElement(
            "testsuite",
            new XAttribute("name", $"EP_FS1 PostModtag: {report.Endpoint}"),
            new XAttribute("timestamp", report.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
            new XAttribute("tests", report.Results.Count),
            new XAttribute("failures", report.Count(CaseOutcome.Failed)),
            new XAttribute("skipped", report.Count(CaseOutcome.Skipped)),
            new XAttribute("time", Seconds(report.Results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Taken))),
            report.Results.Select(result => new XElement(
                "testcase",
                new XAttribute("classname", result.Case.Id.Split('-')[0]),
                new XAttribute("name", $"{result.Case.Id}: {result.Case.Title}"),
                new XAttribute("time", Seconds(result.Taken)),
                result.Outcome switch
                {
                    CaseOutcome.Failed => new XElement("failure", new XAttribute("message", result.Detail!), $"{result.Case.Sentence} ({result.Case.Source})"),
                    CaseOutcome.Skipped => new XElement("skipped", new XAttribute("message", result.Detail!)),
                    _ => null,
                }))));

    private static string Seconds(TimeSpan taken) => taken.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
