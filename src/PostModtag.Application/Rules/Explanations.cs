using PostModtag.Application.Routing;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Rules;

/// <summary>Asks a version of an authority's rules about a message, and tells what each rule said.</summary>
internal sealed class Explanations(RuleVersions versions, RuleChecks checks, RoutingTables tables)
{
    /// <summary>Asks.</summary>
    /// <param name="cvr">The authority's CVR number.</param>
    /// <param name="versionName"><c>draft</c>, <c>current</c>, or the number of a publication.</param>
    /// <param name="message">The message.</param>
    /// <param name="day">The day, for rules' periods.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Explained> ExplainAsync(string cvr, string versionName, RoutedMessage message, DateOnly day, CancellationToken cancellationToken)
    {
        var version = await versions.FindAsync(cvr, versionName, cancellationToken);
        if (version is null)
            return new Explained.NoVersion();
        var (router, findings) = await checks.CompileAsync(version.RuleSet, cancellationToken);
        if (router is null)
            return new Explained.RulesHaveErrors(findings);

        var table = await tables.CurrentAsync(cancellationToken);
        return new Explained.Answer(version.Name, day, router.Explain(message, day, table.KeyNamed));
    }
}
