using PostModtag.Application.Routing;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Application.Rules;

/// <summary>Lint, with the fagsystemer and the day as they are.</summary>
internal sealed class RuleChecks(RoutingTables tables, TimeProvider clock)
{
    /// <summary>What is to be said of a rule set, errors first.</summary>
    public async Task<IReadOnlyList<LintFinding>> CheckAsync(RuleSet ruleSet, CancellationToken cancellationToken)
    {
        var table = await tables.CurrentAsync(cancellationToken);
        return RuleLint.Check(ruleSet, DanishDay.Of(clock.GetUtcNow()), table.StateOf);
    }

    /// <summary>The rules ready to be asked; or, where a condition cannot be asked, why not.</summary>
    public async Task<(Router? Router, IReadOnlyList<LintFinding> Findings)> CompileAsync(RuleSet ruleSet, CancellationToken cancellationToken)
    {
        try
        {
            return (Router.Compile(ruleSet), []);
        }
        catch (ArgumentException)
        {
            return (null, [.. (await CheckAsync(ruleSet, cancellationToken)).Where(finding => finding.IsError)]);
        }
    }
}
