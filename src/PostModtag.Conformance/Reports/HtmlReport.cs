using System.Globalization;
using System.Net;
using System.Text;

namespace PostModtag.Conformance.Reports;

/// <summary>A report that a vendor hands to an authority: one file, with nothing in it from elsewhere.</summary>
public static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2430; --paper: #fbfaf7; --line: #d8d5cc; --soft: #5b6472; --good: #1a6b43; --bad: #a3261f; --wait: #7a5b00; --card: #ffffff }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8e6e0; --paper: #14181e; --line: #363d47; --soft: #a3abb6; --good: #6fcf9d; --bad: #ff9089; --wait: #e7c35c; --card: #1b2027 } }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif }
        main { max-width: 58rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .4rem }
        h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem }
        .sub { color: var(--soft); margin: 0; overflow-wrap: anywhere }
        .counts { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.75rem 0; padding: 0; list-style: none }
        .counts li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem 1.1rem; min-width: 8rem }
        .counts b { display: block; font-size: 1.7rem; line-height: 1.2 }
        .verdict { border-left: .3rem solid; padding: .2rem 0 .2rem .9rem; font-size: 1.1rem; font-weight: 600 }
        .good { color: var(--good) } .bad { color: var(--bad) } .wait { color: var(--wait) }
        ol { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line) }
        ol > li { border-bottom: 1px solid var(--line); padding: .65rem 0; display: grid; grid-template-columns: 6.5rem 1fr auto; gap: .25rem 1rem; align-items: baseline }
        .outcome { font-weight: 600; white-space: nowrap }
        .id { font-family: ui-monospace, monospace; font-size: .85rem; color: var(--soft); overflow-wrap: anywhere }
        .detail, .sentence { grid-column: 2 / -1; margin: .15rem 0 0; overflow-wrap: anywhere }
        .sentence, time { color: var(--soft); font-size: .9rem }
        @media (max-width: 34rem) { ol > li { grid-template-columns: 1fr } .detail, .sentence { grid-column: 1 } }
        @media print { body { background: #fff } ol > li { break-inside: avoid } }
        """;

    private static readonly (string Prefix, string Title)[] Groups =
    [
        ("VALID", "Messages of both versions, in all spellings"), ("INVALID", "The schema's bounds, from their other side"), ("RECEIPT", "Receipts"), ("DUPLICATE", "The same messageUUID again"),
        ("DECISION", "What the fagsystem decides"), ("MEDIA", "Content-Type"), ("ACCEPT", "Accept"), ("HEADER", "Headers"), ("METHOD", "Methods"), ("PROBLEM", "Problems"),
        ("HOSTILE", "XML that means harm"), ("BROKEN", "Broken and slow uploads"), ("SIZE", "Size"),
    ];

    /// <summary>All of it.</summary>
    public static string Write(ConformanceReport report)
    {
        var failed = report.Count(CaseOutcome.Failed);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>EP_FS1 – PostModtag: conformance of {Text(report.Endpoint.Host)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>Conformance with EP_FS1 – PostModtag</h1>
            <p class="sub">{Text(report.Endpoint.ToString())}<br>{report.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, postmodtag {Text(report.Version)}</p>
            <ul class="counts"><li><b>{report.Count(CaseOutcome.Passed)}</b> passed</li><li><b>{failed}</b> failed</li><li><b>{report.Count(CaseOutcome.Skipped)}</b> skipped</li></ul>
            <p class="verdict {(failed == 0 ? "good" : "bad")}">{(failed == 0 ? "✓ Of what was tried, everything is as the contract says." : $"✗ {failed} of {report.Results.Count} cases are not as the contract says.")}</p>

            """);
        List(html, "What is not as the contract says", report.Results.Where(result => result.Outcome == CaseOutcome.Failed));
        foreach (var (prefix, title) in Groups)
            List(html, title, report.Results.Where(result => result.Case.Id.StartsWith($"{prefix}-", StringComparison.Ordinal)));
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void List(StringBuilder html, string title, IEnumerable<CaseResult> results)
    {
        var items = string.Concat(results.Select(Item));
        if (items.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2>\n<ol>\n{items}</ol>\n");
    }

    private static string Item(CaseResult result)
    {
        var (kind, word) = result.Outcome switch { CaseOutcome.Passed => ("good", "✓ passed"), CaseOutcome.Failed => ("bad", "✗ failed"), _ => ("wait", "– skipped") };
        return string.Create(CultureInfo.InvariantCulture, $"""
            <li><span class="outcome {kind}">{word}</span><span>{Text(result.Case.Title)}<br><span class="id">{Text(result.Case.Id)}</span></span><time>{result.Taken.TotalSeconds:0.00} s</time>{(result.Detail is null ? "" : $"<p class=\"detail\">{Text(result.Detail)}</p>")}<p class="sentence">{Text(result.Case.Sentence)} <em>{Text(result.Case.Source)}</em></p></li>

            """);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
