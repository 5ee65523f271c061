using System.Net;
using System.Net.Http.Headers;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A rule file is read whole or not at all, and everything that is wrong with it is said with its line and column.</summary>
[Operation("ImportRules")]
[Operation("CompareRuleFile")]
public sealed class RuleFileFaultTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Rule = "rules:\n  - name: R\n    priority: 1\n    fagsystem: f\n";

    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    public static TheoryData<string, string> Faults => new()
    {
        { "", "line 1, column 1" },
        { "# kun en kommentar\n", "line 1, column 1" },
        { "~", "line 1, column 1" },
        { "rules", "line 1, column 1" },
        { "- rules", "line 1, column 1" },
        { "otherwise: f", "line 1, column 1" },
        { "rules: alle", "line 1, column 8" },
        { "rules:\n  name: R", "line 2, column 3" },
        { "rules: []\nfallback: f", "line 2, column 1" },
        { "Rules: []", "line 1, column 1" },
        { "rules: []\nrules: []", "line 2, column 1" },
        { "rules: []\n---\nrules: []", "line 1, column 1" },
        { "rules: []\nrepliesFindHome: ja", "line 2, column 18" },
        { "rules: []\nrepliesFindHome: \"true\"", "line 2, column 18" },
        { "rules: []\nrepliesFindHome:", "line 2, column 17" },
        { "rules: []\nwhenUndecided: vent", "line 2, column 16" },
        { "rules: []\nauthority: \"12345678\"", "line 2, column 12" },
        { "rules: []\nauthority: [1]", "line 2, column 12" },
        { "rules: []\notherwise: \"\"", "line 2, column 12" },
        { "rules:\n  - R", "line 2, column 5" },
        { "rules:\n  -", "line 2, column 4" },
        { "rules:\n  - priority: 1\n    fagsystem: f", "line 2, column 5" },
        { "rules:\n  - name: R\n    fagsystem: f", "line 2, column 5" },
        { "rules:\n  - name: R\n    priority: 1", "line 2, column 5" },
        { "rules:\n  - name: R\n    name: S\n    priority: 1\n    fagsystem: f", "line 3, column 5" },
        { "rules:\n  - name: R\n    priority: høj\n    fagsystem: f", "line 3, column 15" },
        { "rules:\n  - name: R\n    priority: 1.5\n    fagsystem: f", "line 3, column 15" },
        { "rules:\n  - name: R\n    priority: \"1\"\n    fagsystem: f", "line 3, column 15" },
        { "rules:\n  - name: R\n    priority: ~\n    fagsystem: f", "line 3, column 15" },
        { "rules:\n  - name: ~\n    priority: 1\n    fagsystem: f", "line 2, column 11" },
        { "rules:\n  - name: {a: b}\n    priority: 1\n    fagsystem: f", "line 2, column 11" },
        { $"rules:\n  - name: {new string('n', 201)}\n    priority: 1\n    fagsystem: f", "line 2, column 11" },
        { "rules:\n  - name: \"a\\nb\"\n    priority: 1\n    fagsystem: f", "line 2, column 11" },
        { Rule + "    conditions:\n      - {field: label, operator: equals, values: \"a\\0b\"}", "line 6, column 50" },
        { Rule + "    conditions:\n      - {field: label, operator: equals, values: \"a\\ud800b\"}", "line 6, column 50" },
        { Rule + "    colour: red", "line 5, column 5" },
        { Rule + "    enabled: yes", "line 5, column 14" },
        { Rule + "    validFrom: 1-1-2026", "line 5, column 16" },
        { Rule + "    validUntil: 2026-02-30", "line 5, column 17" },
        { Rule + "    conditions: alt", "line 5, column 17" },
        { Rule + "    conditions:\n      - field: label", "line 6, column 9" },
        { Rule + "    conditions:\n      - operator: exists", "line 6, column 9" },
        { Rule + "    conditions:\n      - {field: label, operator: like}", "line 6, column 34" },
        { Rule + "    conditions:\n      - {field: label, operator: Equals, values: a}", "line 6, column 34" },
        { Rule + "    conditions:\n      - {field: label, operator: ~, values: a}", "line 6, column 34" },
        { Rule + "    conditions:\n      - {field: label, operator: equals, value: a}", "line 6, column 42" },
        { Rule + "    conditions:\n      - {field: label, operator: equals, values: {a: b}}", "line 6, column 50" },
        { Rule + "    conditions:\n      - {field: label, operator: equals, values: [a, [b]]}", "line 6, column 54" },
        { Rule + "    conditions:\n      - {field: label, operator: equals, values: [a, ~]}", "line 6, column 54" },
        { Rule + $"    conditions:\n      - {{field: label, operator: equals, values: [a, {new string('v', 1_001)}]}}", "line 6, column 54" },
        { Rule + "    conditions:\n      - {field: label, operator: equals, values: a, not: nej}", "line 6, column 58" },
        { Rule + "    conditions:\n      - {field: \" \", operator: exists}", "line 6, column 17" },
        { "rules: &alle []\notherwise: *alle", "line 2, column 12" },
        { "rules: *alle", "line 1, column 8" },
        { "rules: " + new string('[', 10_000), "line 1, column 25" },
        { "rules:\n  - name: R\n   priority: 1", "line 3, column 4" },
        { "rules: [", "line 2, column 1" },
        { "rules: []\n\tx", "line 2, column 1" },
        { "rules:\n  - name: R\n  \tpriority: 1", "line 3, column 3" },
        { "rules: [a, b\notherwise: f", "line 1, column 9" },
        { "rules:\n  - {name: R\n  - {name: S}", "line 2, column 3" },
        { "rules:\n  - name: \"R\n    priority: 1", "line 2, column 11" },
        { "rules:\n  - name: R: S", "line 2, column 12" },
        { "rules:\n  - name: @R", "line 2, column 11" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_said_with_its_line_and_column_and_nothing_is_saved(string file, string place)
    {
        var imported = await (await _server.ImportAsync(_authority, file)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        imported.Places().Distinct().ShouldBe([place]);
        var compared = await (await _server.CallAsync("POST", $"authorities/{_authority}/draft/file/differences", file, contentType: "application/yaml"))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        compared.ToString().ShouldBe(imported.ToString());
        (await _server.Drafts.GetDraftAsync(_authority)).Result.IsSaved.ShouldBeFalse();
    }

    [Fact]
    public async Task All_faults_are_said_from_the_top_down_and_the_first_hundred_of_many()
    {
        var problem = await (await _server.ImportAsync(_authority, "colour: red\nrules:\n  - name: R\n    priority: høj\n    fagsystem: [f]\n  - {}\n"))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        problem.Places().ShouldBe(["line 1, column 1", "line 4, column 15", "line 5, column 16", "line 6, column 5", "line 6, column 5", "line 6, column 5"]);
        var many = await (await _server.ImportAsync(_authority, "rules:\n" + string.Concat(Enumerable.Repeat("  - R\n", 500))))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        many.Places().Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_file_that_is_not_UTF8_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"authorities/{_authority}/draft/file")
        {
            Content = new ByteArrayContent([.. "rules: []\notherwise: "u8, 0xE6]) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } },
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        var problem = await (await _server.Client.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        problem.GetProperty("errors")[0].Text("message")!.ShouldContain("UTF-8");
    }

    [Fact]
    public async Task A_file_for_another_authority_is_not_imported_and_one_for_this_is_with_or_without_quotes()
    {
        var problem = await (await _server.ImportAsync(_authority, "authority: 12345678\nrules: []")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        problem.GetProperty("errors")[0].Text("message")!.ShouldContain("12345678");
        (await _server.ImportAsync(_authority, $"authority: {_authority}\nrules: []")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _server.ImportAsync(_authority, $"authority: \"{_authority}\"\nrules: []")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
