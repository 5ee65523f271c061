using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Routing;
using PostModtag.Application.Rules;

namespace PostModtag.Application.ExportRules;

/// <summary>Export a version of an authority's rules as a rule file. Null when there is no such version.</summary>
public sealed record ExportRulesQuery(string Cvr, string Version) : IRequest<RuleFile?>, IOfAuthority;

/// <summary>A rule file.</summary>
/// <param name="Content">Its bytes, YAML in UTF-8.</param>
/// <param name="Name">The name it is saved under.</param>
public sealed record RuleFile(byte[] Content, string Name);

/// <summary>Exports the rules.</summary>
internal sealed class ExportRulesHandler(RuleVersions versions, IRuleFileFormat format) : IRequestHandler<ExportRulesQuery, RuleFile?>
{
    /// <inheritdoc />
    public async Task<RuleFile?> Handle(ExportRulesQuery request, CancellationToken cancellationToken) =>
        await versions.FindAsync(request.Cvr, request.Version, cancellationToken) is { } version
            ? new RuleFile(format.Write(request.Cvr, version.Name, version.RuleSet), $"rules-{request.Cvr}-{version.Name}.yaml")
            : null;
}
