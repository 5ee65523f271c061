using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Rules;
using PostModtag.Domain.Audit;

namespace PostModtag.Application.ImportRules;

/// <summary>Put a rule file in the place of the draft.</summary>
public sealed record ImportRulesCommand(string Cvr, Stream File, ExpectedRevision Expected) : IRequest<Change<Draft>>, IOfAuthority;

/// <summary>Imports the file, whole or not at all.</summary>
internal sealed class ImportRulesHandler(RuleFiles files, DraftChanges drafts) : IRequestHandler<ImportRulesCommand, Change<Draft>>
{
    /// <inheritdoc />
    public async Task<Change<Draft>> Handle(ImportRulesCommand request, CancellationToken cancellationToken)
    {
        var (ruleSet, faults) = await files.ReadAsync(request.Cvr, request.File, cancellationToken);
        return ruleSet is null
            ? new Change<Draft>.Invalid(faults)
            : await drafts.SaveAsync(request.Cvr, ruleSet, request.Expected, AuditAction.DraftImported, cancellationToken);
    }
}
