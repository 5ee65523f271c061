using Microsoft.AspNetCore.Components;
using PostModtag.Application.Administration;
using PostModtag.Domain.Rules;

namespace PostModtag.Web.Rules;

/// <summary>A page about one authority's rules.</summary>
public abstract class RulesPage : ConsolePage
{
    /// <summary>The authority's CVR number.</summary>
    [Parameter]
    public string Cvr { get; set; } = "";

    /// <summary>Whether that has the form of a CVR number.</summary>
    protected bool IsCvr => AuthorityRules.IsCvr(Cvr);

    /// <summary>The revision that the form was made from: what was changed since is not overwritten.</summary>
    protected ExpectedRevision Expected =>
        ExpectedRevision.OneOf(long.TryParse(Http.Request.Form["Revision"], out var revision) ? [revision] : []);
}
