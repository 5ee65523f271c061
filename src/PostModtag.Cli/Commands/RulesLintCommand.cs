using System.CommandLine;
using System.Text.Json;
using PostModtag.Application.Routing;
using PostModtag.Cli.Offline;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag rules lint FILE</c></summary>
internal sealed class RulesLintCommand : ToolCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The rule file." };
    private readonly Option<string[]> _fagsystemer = new("--fagsystemer") { Description = "The keys of the fagsystemer that there are; left out, whatever the file names is taken to be there.", HelpName = "KEY ...", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print the findings as JSON." };

    public RulesLintCommand()
        : base("lint", "Says what is wrong with the rules in a file, as the server does before they are published. Ends with 1 when there is an error; warnings do not count.", "rules lint regler.yaml --fagsystemer byg socialsag indbakke")
    {
        Add(_file);
        Add(_fagsystemer);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        await using var parts = OfflineParts.Make();
        var rules = await RuleFileOnDisk.ReadAsync(parts, parsed.GetRequiredValue(_file), cancellationToken);
        var known = parsed.GetValue(_fagsystemer) is { Length: > 0 } keys ? keys.ToHashSet(StringComparer.Ordinal) : null;
        var findings = RuleLint.Check(
            rules, DanishDay.Of(TimeProvider.System.GetUtcNow()), key => known is null || known.Contains(key) ? FagsystemState.Active : null);
        if (parsed.GetValue(_json))
            await output.WriteLineAsync(JsonSerializer.Serialize(findings.Select(Printed), Json));
        else
            await SayAsync(rules.Rules.Count, findings, output);
        return findings.Any(finding => finding.IsError) ? ExitCode.Found : ExitCode.Done;
    }

    private static async Task SayAsync(int rules, IReadOnlyList<LintFinding> findings, TextWriter output)
    {
        foreach (var finding in findings)
            await output.WriteLineAsync($"{(finding.IsError ? "error  " : "warning")} {(finding.Rule is { } rule ? $"{rule}: " : "")}{finding.Text.English}");
        await output.WriteLineAsync($"{rules} rules: {findings.Count(finding => finding.IsError)} errors, {findings.Count(finding => !finding.IsError)} warnings.");
    }

    private static object Printed(LintFinding finding) => new
    {
        level = finding.IsError ? "error" : "warning", code = finding.Code.ToString(), finding.Rule, finding.Condition, finding.OtherRule, finding.Text.English, finding.Text.Danish,
    };
}
