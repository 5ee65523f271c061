using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Application.CompareRuleFile;

/// <summary>Find out what importing a rule file would change, and change nothing.</summary>
public sealed record CompareRuleFileQuery(string Cvr, Stream File) : IRequest<RuleFileComparison>, IOfAuthority;

/// <summary>What importing a rule file would change.</summary>
/// <param name="Faults">Why it cannot be imported; empty when it can.</param>
/// <param name="Differences">What it would change in the draft.</param>
/// <param name="Findings">What is to be said of its rules.</param>
public sealed record RuleFileComparison(IReadOnlyList<Fault> Faults, IReadOnlyList<RuleDifference> Differences, IReadOnlyList<LintFinding> Findings);

/// <summary>Compares the file with the draft.</summary>
public sealed class CompareRuleFileHandler(RuleFiles files, RuleChecks checks, ISetupStore store) : IRequestHandler<CompareRuleFileQuery, RuleFileComparison>
{
    /// <inheritdoc />
    public async Task<RuleFileComparison> Handle(CompareRuleFileQuery request, CancellationToken cancellationToken)
    {
        var (ruleSet, faults) = await files.ReadAsync(request.Cvr, request.File, cancellationToken);
        if (ruleSet is null)
            return new RuleFileComparison(faults, [], []);

        var draft = await Draft.ReadAsync(store, request.Cvr, cancellationToken);
        return new RuleFileComparison([], RuleSetComparison.Compare(draft.RuleSet, ruleSet), await checks.CheckAsync(ruleSet, cancellationToken));
    }
}
