using PostModtag.Application.Administration;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Rules;

/// <summary>Puts a rule set in the place of the draft, wherever it comes from.</summary>
internal sealed class DraftChanges(RuleSetValidator validator, ISetupStore store, SetupChanges changes, ICaller caller, TimeProvider clock)
{
    /// <summary>Saves it, when it is within bounds and the caller has seen the draft that it takes the place of.</summary>
    public async Task<Change<Draft>> SaveAsync(string cvr, RuleSet ruleSet, ExpectedRevision expected, AuditAction action, CancellationToken cancellationToken)
    {
        if (validator.FaultsOf(ruleSet) is { Count: > 0 } faults)
            return new Change<Draft>.Invalid(faults);

        return await changes.MakeAsync<Change<Draft>>(
            async () =>
            {
                var before = await Draft.ReadAsync(store, cvr, cancellationToken);
                if (!expected.Matches(before.Authority.Revision))
                    return (null, new Change<Draft>.Stale());

                var now = clock.GetUtcNow();
                before.Authority.SaveDraft(ruleSet, caller.Name, now);
                var audit = new AuditEntry(now, caller.Name, action, cvr, null, ComparisonText.Of(RuleSetComparison.Compare(before.RuleSet, ruleSet)));
                return (new SetupChange { Authority = before.Authority, Audit = audit }, new Change<Draft>.Done(new Draft(before.Authority, ruleSet)));
            },
            cancellationToken);
    }
}
