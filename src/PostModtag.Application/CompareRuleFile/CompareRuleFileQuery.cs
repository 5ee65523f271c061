using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Application.CompareRuleFile;

/// <summary>Find out what importing a rule file would change, and change nothing.</summary>
public sealed record CompareRuleFileQuery(string Cvr, Stream File) : IRequest<RuleFileComparison>, IOfAuthority
{
    /// <summary>Is told when a step begins, and of how many rules; for whoever shows how far it has come.</summary>
    public Func<RuleFileStep, int, Task>? OnStep { get; init; }
}

/// <summary>What is done with a file, in this order.</summary>
public enum RuleFileStep
{
    /// <summary>It was read, and is compared with the draft.</summary>
    Comparing = 1,

    /// <summary>It was compared, and its rules are looked at.</summary>
    Checking,
}

/// <summary>What importing a rule file would change.</summary>
/// <param name="Faults">Why it cannot be imported; empty when it can.</param>
/// <param name="Differences">What it would change in the draft.</param>
/// <param name="Findings">What is to be said of its rules.</param>
public sealed record RuleFileComparison(IReadOnlyList<Fault> Faults, IReadOnlyList<RuleDifference> Differences, IReadOnlyList<LintFinding> Findings);

/// <summary>Compares the file with the draft.</summary>
internal sealed class CompareRuleFileHandler(RuleFiles files, RuleChecks checks, ISetupStore store) : IRequestHandler<CompareRuleFileQuery, RuleFileComparison>
{
    /// <inheritdoc />
    public async Task<RuleFileComparison> Handle(CompareRuleFileQuery request, CancellationToken cancellationToken)
    {
        var (ruleSet, faults) = await files.ReadAsync(request.Cvr, request.File, cancellationToken);
        if (ruleSet is null)
            return new RuleFileComparison(faults, [], []);

        await (request.OnStep?.Invoke(RuleFileStep.Comparing, ruleSet.Rules.Count) ?? Task.CompletedTask);
        var draft = await Draft.ReadAsync(store, request.Cvr, cancellationToken);
        var differences = RuleSetComparison.Compare(draft.RuleSet, ruleSet);
        cancellationToken.ThrowIfCancellationRequested();
        await (request.OnStep?.Invoke(RuleFileStep.Checking, ruleSet.Rules.Count) ?? Task.CompletedTask);
        return new RuleFileComparison([], differences, await checks.CheckAsync(ruleSet, cancellationToken));
    }
}
