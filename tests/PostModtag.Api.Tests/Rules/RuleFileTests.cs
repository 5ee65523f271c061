using System.Net;
using System.Text;
using System.Text.Json;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A rule set goes out as a file and comes in again, and before it does, it can be seen what it would change.</summary>
[Operation("ExportRules")]
[Operation("ImportRules")]
[Operation("CompareRuleFile")]
public sealed class RuleFileTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string File = """
        # Vore regler
        otherwise: indbakke
        rules:
          - name: Klager
            priority: 10
            fagsystem: indbakke
            conditions:
              - field: label
                operator: contains
                values: [klage, anke]
              - {field: ContentData/KLEdata/subjectKey, operator: under, values: 27.10, not: true}
          - {name: 27.10, priority: 20, fagsystem: indbakke, enabled: false, validFrom: 2026-01-01, validUntil: "2026-12-31"}
        """;

    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    [Fact]
    public async Task An_imported_file_is_the_draft()
    {
        using var response = await _server.ImportAsync(_authority, File);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var draft = await _server.Drafts.GetDraftAsync(_authority);
        draft.ETag().ShouldBe(response.ETag());
        var rules = draft.Result.RuleSet;
        rules.Otherwise.ShouldBe("indbakke");
        rules.RepliesFindHome.ShouldBe(true);
        rules.Rules.Select(rule => rule.Name).ShouldBe(["Klager", "27.10"]);
        rules.Rules[0].Conditions!.Select(condition => (condition.Field, condition.Operator, string.Join('|', condition.Values!), condition.Not)).ShouldBe(
        [
            ("label", ConditionOperator.Contains, "klage|anke", false),
            ("ContentData/KLEdata/subjectKey", ConditionOperator.Under, "27.10", true),
        ]);
        (rules.Rules[1].Enabled, rules.Rules[1].ValidFrom, rules.Rules[1].ValidUntil).ShouldBe((false, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)));
    }

    [Fact]
    public async Task What_is_exported_and_imported_again_is_the_same_and_has_no_differences()
    {
        await _server.ImportAsync(_authority, File);
        var exported = await ExportAsync("draft");
        var other = shared.NewAuthority();
        using var imported = await _server.ImportAsync(other, exported.Replace(_authority, other, StringComparison.Ordinal));

        imported.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonSerializer.Serialize((await _server.Drafts.GetDraftAsync(other)).Result.RuleSet).ShouldBe(JsonSerializer.Serialize((await _server.Drafts.GetDraftAsync(_authority)).Result.RuleSet));
        (await CompareAsync(exported)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Any_version_is_exported_as_a_YAML_file_with_a_name_that_says_which()
    {
        await _server.PublishAsync(Setup.Rules(Setup.Rule("En", "indbakke")), _authority);
        await _server.PublishAsync(Setup.Rules(Setup.Rule("To", "indbakke")), _authority);
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Tre", "indbakke")), _authority, "*");

        foreach (var (version, rule, name) in new[] { ("1", "En", "1"), ("current", "To", "2"), ("draft", "Tre", "draft"), (null, "Tre", "draft") })
        {
            using var response = await _server.CallAsync("GET", $"authorities/{_authority}/file" + (version is null ? "" : $"?version={version}"));
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/yaml");
            response.Content.Headers.ContentDisposition!.FileName.ShouldBe($"rules-{_authority}-{name}.yaml");
            (await response.Content.ReadAsStringAsync()).ShouldContain($"- name: \"{rule}\"");
        }

        await (await _server.CallAsync("GET", $"authorities/{_authority}/file?version=3")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
        await (await _server.CallAsync("GET", $"authorities/{_authority}/file?version=x")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);
        await (await _server.CallAsync("GET", $"authorities/{shared.NewAuthority()}/file?version=current")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
    }

    [Fact]
    public async Task Comparing_says_what_would_change_and_what_is_to_be_said_and_changes_nothing()
    {
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Væk", "indbakke")), _authority, "*");
        var before = await _server.Drafts.GetDraftAsync(_authority);
        var audit = (await _server.Audit.FindAuditEntriesAsync(_authority)).Result.Entries.Count;

        var comparison = await CompareAsync(File.Replace("fagsystem: indbakke", "fagsystem: findes-ikke", StringComparison.Ordinal));

        comparison.Differences.Select(difference => (difference.Kind, difference.Rule)).ShouldBe(
            [(RuleDifferenceKind.CHANGED, null), (RuleDifferenceKind.ADDED, "Klager"), (RuleDifferenceKind.ADDED, "27.10"), (RuleDifferenceKind.REMOVED, "Væk")]);
        comparison.Findings.Select(finding => finding.Code).ShouldContain("UnknownFagsystem");
        (await _server.Drafts.GetDraftAsync(_authority)).ETag().ShouldBe(before.ETag());
        (await _server.Drafts.GetDraftAsync(_authority)).Result.RuleSet.Rules.Single().Name.ShouldBe("Væk");
        (await _server.Audit.FindAuditEntriesAsync(_authority)).Result.Entries.Count.ShouldBe(audit);
    }

    [Fact]
    public async Task A_file_with_a_byte_order_mark_Windows_line_ends_or_as_JSON_is_read_too()
    {
        (await _server.ImportAsync(_authority, "\uFEFF" + File.ReplaceLineEndings("\r\n"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _server.Drafts.GetDraftAsync(_authority)).Result.RuleSet.Rules.Count.ShouldBe(2);
        (await _server.ImportAsync(_authority, """{"rules": [{"name": "J", "priority": 1, "fagsystem": "indbakke", "conditions": []}]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _server.Drafts.GetDraftAsync(_authority)).Result.RuleSet.Rules.Single().Name.ShouldBe("J");
    }

    [Fact]
    public async Task A_file_of_more_than_10_MB_is_a_413_to_import_and_to_compare()
    {
        var file = "rules: []\n#" + new string('x', 10_000_000);
        await (await _server.ImportAsync(_authority, file)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, AdministrationProblemCode.BODY_TOO_LARGE);
        await (await _server.CallAsync("POST", $"authorities/{_authority}/draft/file/differences", file, contentType: "application/yaml"))
            .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, AdministrationProblemCode.BODY_TOO_LARGE);
    }

    [Fact]
    public async Task Importing_without_If_Match_is_a_428() =>
        await (await _server.CallAsync("PUT", $"authorities/{_authority}/draft/file", File, contentType: "application/yaml"))
            .ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, AdministrationProblemCode.PRECONDITION_REQUIRED);

    private async Task<string> ExportAsync(string version)
    {
        using var file = await _server.Publications.ExportRulesAsync(_authority, version);
        using var reader = new StreamReader(file.Stream);
        return await reader.ReadToEndAsync();
    }

    private async Task<RuleFileComparison> CompareAsync(string file) => (await _server.Drafts.CompareRuleFileAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), _authority)).Result;
}
