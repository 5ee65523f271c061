using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Domain.Tests.Rules.Lint;

/// <summary>Lint in as few words as a test needs. Every fagsystem is active but those whose key says otherwise.</summary>
internal static class Linting
{
    public static IReadOnlyList<LintFinding> Check(params DistributionRule[] rules) => Check(new RuleSet(rules, Otherwise: "hovedpost"));

    public static IReadOnlyList<LintFinding> Check(RuleSet set)
    {
        var findings = RuleLint.Check(set, Routing.Day, key => key switch
        {
            "ukendt" => null,
            "pause" => FagsystemState.Paused,
            "nedlagt" => FagsystemState.Retired,
            _ => FagsystemState.Active,
        });
        foreach (var finding in findings)
        {
            finding.Text.Danish.ShouldNotBe(finding.Text.English);
            finding.Text.Danish.Split(". ").Length.ShouldBeGreaterThan(1, $"{finding.Code} must say what is wrong, and what to do");
            finding.Text.English.Split(". ").Length.ShouldBeGreaterThan(1, $"{finding.Code} must say what is wrong, and what to do");
        }

        return findings;
    }

    /// <summary>What lint says of a single rule with these conditions.</summary>
    public static LintCode[] Of(params Condition[] conditions) => Check(Routing.Rule("regel", 1, "byggesag", conditions)).Codes();

    public static LintCode[] Codes(this IReadOnlyList<LintFinding> findings) => [.. findings.Select(finding => finding.Code)];
}
