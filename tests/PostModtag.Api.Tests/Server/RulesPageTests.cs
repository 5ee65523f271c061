using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Rules;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

/// <summary>What docs/rules.md says of the language is so, and its examples are rules that work.</summary>
public sealed partial class RulesPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "rules.md"));

    [Fact]
    public void It_names_every_finding_and_every_operator()
    {
        Enum.GetNames<LintCode>().Except([nameof(LintCode.LastError)]).Where(code => !Page.Contains($"`{code}`", StringComparison.Ordinal)).ShouldBeEmpty();
        ConditionText.Words.Values.Where(word => !Page.Contains($"`{word}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_field_that_it_names_is_one()
    {
        var tables = Page.Split("### Fields")[1].Split("## From a draft")[0].Split('\n').Where(line => line.StartsWith('|'));
        var names = tables.SelectMany(line => Code().Matches(line.Split('|')[1].Contains('`', StringComparison.Ordinal) ? line.Split('|')[1] : line.Split('|')[2]))
            .Select(match => match.Groups[1].Value).ToList();

        names.Count.ShouldBeGreaterThan(35);
        names.Where(name => !RuleFields.TryFind(name, out _)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("first-rule.yaml", "socialsag")]
    [InlineData("municipality.yaml", "socialsag", "dagtilbud", "byggesag", "ejendomsskat", "oekonomi", "borgerservice")]
    public async Task An_example_is_a_rule_file_in_which_lint_finds_nothing(string file, params string[] fagsystemer)
    {
        await using var server = await TestServer.StartAsync();
        await using var content = File.OpenRead(Repository.PathOf("api-spec", "examples", "rules", file));

        var reading = await server.Services.GetRequiredService<IRuleFileFormat>().ReadAsync(content, CancellationToken.None);

        var rules = reading.ShouldBeOfType<RuleFileReading.Readable>().RuleSet;
        var findings = RuleLint.Check(rules, new DateOnly(2026, 11, 23), key => fagsystemer.Contains(key) || key == "indbakke" ? FagsystemState.Active : null);
        findings.Select(finding => $"{finding.Code} {finding.Rule} {finding.OtherRule}").ShouldBeEmpty();
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
