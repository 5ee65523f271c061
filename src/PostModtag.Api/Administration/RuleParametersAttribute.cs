using Microsoft.AspNetCore.Mvc.Filters;
using PostModtag.Api.Http;
using PostModtag.Application.Routing;
using PostModtag.Domain.Rules;

namespace PostModtag.Api.Administration;

/// <summary>Checks the parameters that operations on rules share: the authority's CVR number, and the names of versions.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RuleParametersAttribute : ActionFilterAttribute
{
    private static readonly string[] Versions = ["version", "from", "to"];

    /// <inheritdoc />
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.ActionArguments.TryGetValue("cvr", out var given) && given is string cvr && !AuthorityRules.IsCvr(cvr))
            context.Result = new ResultOf(AdministrationProblems.InvalidParameter("cvr: expected an authority's CVR number, 8 digits."));
        else if (Versions.FirstOrDefault(name => context.ActionArguments.TryGetValue(name, out var named) && named is string version && !RuleVersions.IsName(version)) is { } wrong)
            context.Result = new ResultOf(AdministrationProblems.InvalidParameter($"{wrong}: expected draft, current, or the number of a publication."));
    }
}
