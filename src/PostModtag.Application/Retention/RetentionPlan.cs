
namespace PostModtag.Application.Retention;

/// <summary>What is to be deleted now, as the settings say.</summary>
/// <param name="Scope">Whose messages.</param>
/// <param name="ContentsDays">For how many days after the final receipt their XML and files are kept; null for as long as the rest.</param>
/// <param name="MetadataDays">For how many days the rest is; null for ever.</param>
public sealed record RetentionPlan(RetentionScope Scope, int? ContentsDays, int? MetadataDays)
{
    /// <summary>A plan for each authority that the settings name, and one for all others.</summary>
    public static IReadOnlyList<RetentionPlan> Of(RetentionOptions options) =>
    [
        .. options.Authorities.Select(pair => new RetentionPlan(
            new RetentionScope([pair.Key], IsOthers: false), pair.Value.ContentsDays ?? options.ContentsDays, pair.Value.MetadataDays ?? options.MetadataDays)),
        new RetentionPlan(new RetentionScope([.. options.Authorities.Keys], IsOthers: true), options.ContentsDays, options.MetadataDays),
    ];

    /// <summary>What is wrong with the settings: which one, and what it must be.</summary>
    public static IEnumerable<(string Setting, string Text)> FaultsOf(RetentionOptions options)
    {
        if (options.Hour is < 0 or > 23)
            yield return ("Retention:Hour", "must be an hour of the day from 0 to 23, or left out for every hour");
        foreach (var plan in Of(options))
        {
            var place = plan.Scope.IsOthers ? "Retention" : $"Retention:Authorities:{plan.Scope.Authorities[0]}";
            if (!plan.Scope.IsOthers && !Domain.Rules.AuthorityRules.IsCvr(plan.Scope.Authorities[0]))
                yield return (place, "must be named by a CVR number of 8 digits");
            if (plan.ContentsDays is < 1 or > RetentionPeriods.MostDays)
                yield return ($"{place}:ContentsDays", $"must be a number of days from 1 to {RetentionPeriods.MostDays}");
            if (plan.MetadataDays is < RetentionPeriods.LeastMetadataDays or > RetentionPeriods.MostDays)
                yield return ($"{place}:MetadataDays", $"must be a number of days from {RetentionPeriods.LeastMetadataDays} to {RetentionPeriods.MostDays}: a message that is sent again must be known");
            if (plan.ContentsDays > plan.MetadataDays)
                yield return ($"{place}:ContentsDays", "must not be more than MetadataDays, with which the contents go");
        }
    }
}
