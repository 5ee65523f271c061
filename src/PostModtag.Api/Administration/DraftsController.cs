using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Api.Http;
using PostModtag.Api.Mapping;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.CheckDraft;
using PostModtag.Application.CompareRuleFile;
using PostModtag.Application.DiscardDraft;
using PostModtag.Application.GetDraft;
using PostModtag.Application.GetFields;
using PostModtag.Application.ImportRules;
using PostModtag.Application.SaveDraft;
using PostModtag.Contract.Administration;
using RuleFileComparison = PostModtag.Contract.Administration.RuleFileComparison;

namespace PostModtag.Api.Administration;

/// <summary>The rules that an authority is working on: maps each call to its query or command and back.</summary>
[ApiController]
[RuleParameters]
[RequestSizeLimit(MaxBytes)]
public sealed class DraftsController(IMediator mediator, IMapper mapper) : DraftsControllerBase
{
    /// <summary>The largest rule set that is taken, in bytes.</summary>
    internal const int MaxBytes = 10_000_000;

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<FieldList>> GetFields(CancellationToken cancellationToken) =>
        mapper.Map<FieldList>(await mediator.Send(new GetFieldsQuery(), cancellationToken));

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<Draft>> GetDraft(string cvr, CancellationToken cancellationToken) =>
        Show(await mediator.Send(new GetDraftQuery(cvr), cancellationToken));

    /// <inheritdoc />
    [Authorize(Permissions.WriteRules)]
    public override async Task<ActionResult<Draft>> SaveDraft(RuleSet body, string cvr, string? if_Match, CancellationToken cancellationToken) =>
        Revisions.TryReadIfMatch(if_Match, out var expected, out var problem)
            ? Answer(await mediator.Send(new SaveDraftCommand(cvr, RuleSets.ToDomain(body), expected), cancellationToken))
            : problem;

    /// <inheritdoc />
    [Authorize(Permissions.WriteRules)]
    public override async Task<IActionResult> DiscardDraft(string cvr, string? if_Match, CancellationToken cancellationToken) =>
        Revisions.TryReadIfMatch(if_Match, out var expected, out var problem)
            ? Revisions.Answer(await mediator.Send(new DiscardDraftCommand(cvr, expected), cancellationToken), _ => NoContent())
            : problem;

    /// <inheritdoc />
    [Authorize(Permissions.WriteRules)]
    public override async Task<ActionResult<Draft>> ImportRules(string cvr, string? if_Match, CancellationToken cancellationToken) =>
        Revisions.TryReadIfMatch(if_Match, out var expected, out var problem)
            ? Answer(await mediator.Send(new ImportRulesCommand(cvr, Request.Body, expected), cancellationToken))
            : problem;

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<RuleFileComparison>> CompareRuleFile(string cvr, CancellationToken cancellationToken)
    {
        var comparison = await mediator.Send(new CompareRuleFileQuery(cvr, Request.Body), cancellationToken);
        return comparison.Faults.Count > 0 ? new ResultOf(AdministrationProblems.InvalidBody(comparison.Faults)) : mapper.Map<RuleFileComparison>(comparison);
    }

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<FindingList>> CheckDraft(string cvr, CancellationToken cancellationToken) =>
        new FindingList { Findings = mapper.Map<List<Finding>>(await mediator.Send(new CheckDraftQuery(cvr), cancellationToken)) };

    private ActionResult<Draft> Answer(Change<Application.Rules.Draft> change) => Revisions.Answer(change, draft => Ok(Show(draft)));

    private Draft Show(Application.Rules.Draft draft)
    {
        Response.SetRevision(draft.Authority.Revision);
        return mapper.Map<Draft>(draft);
    }
}
