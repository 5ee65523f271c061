using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PostModtag.Conformance.Reports;

namespace PostModtag.Conformance.Tests;

/// <summary>A report says the same in each of its forms, and is one file with nothing from elsewhere.</summary>
public sealed partial class ReportTests
{
    private static readonly ConformanceReport Report = new(
        new Uri("https://fagsystem.example/PostModtag"), new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero), "1.2.3",
        [
            new CaseResult(Case("VALID-x"), CaseOutcome.Passed, null, TimeSpan.FromMilliseconds(12)),
            new CaseResult(Case("RECEIPT-01"), CaseOutcome.Failed, "Sent <this> & that. Expected 200. Came: 500.", TimeSpan.FromSeconds(1)),
            new CaseResult(Case("DECISION-01"), CaseOutcome.Skipped, "Give --reject-label.", TimeSpan.Zero),
        ]);

    [Fact]
    public void As_text_it_says_what_failed_and_what_the_contract_says()
    {
        var text = TextReport.Write(Report);

        text.ShouldContain("passed   VALID-x: Title of VALID-x");
        text.ShouldContain("FAILED   RECEIPT-01: Title of RECEIPT-01\n         Sent <this> & that. Expected 200. Came: 500.\n         The contract says: Sentence of RECEIPT-01. (Source)");
        text.TrimEnd().ShouldEndWith("3 cases: 1 passed, 1 failed, 1 skipped.");
    }

    [Fact]
    public void As_JSON_it_has_each_case()
    {
        var json = JsonDocument.Parse(JsonReport.Write(Report)).RootElement;

        (json.GetProperty("passed").GetInt32(), json.GetProperty("failed").GetInt32(), json.GetProperty("skipped").GetInt32()).ShouldBe((1, 1, 1));
        json.GetProperty("cases").EnumerateArray().Select(each => (each.GetProperty("id").GetString(), each.GetProperty("outcome").GetString())).ShouldBe(
            [("VALID-x", "PASSED"), ("RECEIPT-01", "FAILED"), ("DECISION-01", "SKIPPED")]);
    }

    [Fact]
    public void As_JUnit_a_build_server_reads_it()
    {
        var suite = XDocument.Parse(JUnitReport.Write(Report)).Root!.Element("testsuite")!;

        (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value).ShouldBe(("3", "1", "1"));
        suite.Elements("testcase").Single(each => each.Element("failure") is not null).Attribute("name")!.Value.ShouldBe("RECEIPT-01: Title of RECEIPT-01");
    }

    [Fact]
    public void As_HTML_it_is_one_file_with_nothing_from_elsewhere_and_what_came_stays_text()
    {
        var html = HtmlReport.Write(Report);

        html.ShouldContain("Sent &lt;this&gt; &amp; that.");
        html.ShouldContain("1 of 3 cases are not as the contract says.");
        Elsewhere().Matches(html).ShouldBeEmpty();
        html.ShouldContain("<html lang=\"en\">");
        Report.Write("x.pdf").ShouldBeNull();
    }

    [Fact]
    public async Task The_page_lists_every_case_and_no_other()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "conformance.md"));
        var listed = Listed().Matches(page).Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value));

        // The examples are two lines: there is one case to each, named by it.
        listed.ShouldBe(ConformanceRun.Cases.Where(each => !each.Id.StartsWith("VALID-", StringComparison.Ordinal) && !each.Id.StartsWith("INVALID-", StringComparison.Ordinal)).Select(each => (each.Id, each.Title, each.Sentence)));
    }

    private static ConformanceCase Case(string id) => new(id, $"Title of {id}", $"Sentence of {id}.", "Source", _ => Task.CompletedTask);

    [GeneratedRegex("(src|href)=|url\\(|@import|<script", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"^\| `([A-Z]+-\d\d)` \| (.*?) \| (.*?) \|$", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
