using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PostModtag.Application.Access;
using PostModtag.Application.ExportRules;
using PostModtag.Application.Routing;

namespace PostModtag.Web.Rules;

/// <summary>Rules as a file, to be saved.</summary>
internal static class RuleFileEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/regler/{cvr:regex(^[0-9]{{8}}$)}/fil/{version}", GetAsync)
            .RequireAuthorization(new AuthorizeAttribute(Permissions.ReadRules)).WithMetadata(new ConsoleEndpoint());

    private static async Task<IResult> GetAsync(HttpContext context, UseCases use, string cvr, string version) =>
        RuleVersions.IsName(version) && await use.SendAsync(Permissions.ReadRules, new ExportRulesQuery(cvr, version)) is { } file
            ? Results.File(file.Content, "application/yaml", file.Name)
            : WebRegistration.Problem(ConsoleProblem.NotFound);
}
