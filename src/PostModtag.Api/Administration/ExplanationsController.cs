using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Api.Http;
using PostModtag.Api.ReceiveMessage;
using PostModtag.Application.Access;
using PostModtag.Application.ExplainMemo;
using PostModtag.Application.ExplainMessage;
using PostModtag.Application.GetImpact;
using PostModtag.Application.Routing;
using PostModtag.Application.Rules;
using PostModtag.Contract.Administration;

namespace PostModtag.Api.Administration;

/// <summary>Why messages go where they go: maps each call to its query and back.</summary>
[ApiController]
[RuleParameters]
public sealed class ExplanationsController(IMediator mediator, IMapper mapper) : ExplanationsControllerBase
{
    /// <inheritdoc />
    [Authorize(Permissions.ReadMessages)]
    public override async Task<ActionResult<Explanation>> ExplainMessage(Guid messageUUID, string? version, CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new ExplainMessageQuery(messageUUID, version), cancellationToken));

    /// <inheritdoc />
    [DisableRequestSizeLimit] // The limit is the reader's own, as at EP_FS1.
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<Explanation>> ExplainMemo(string cvr, string? version, CancellationToken cancellationToken)
    {
        if (!MemoContentType.TryRead(Request, out var charset, out var wrong))
            return new ResultOf(AdministrationProblems.MediaTypeNotSupported(wrong));
        var query = new ExplainMemoQuery { Cvr = cvr, Version = version ?? RuleVersions.Draft, Memo = Request.Body, Charset = charset };
        return Answer(await mediator.Send(query, cancellationToken));
    }

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<Impact>> GetImpact(string cvr, string? version, int? days, int? pageSize, string? cursor, CancellationToken cancellationToken)
    {
        var query = new GetImpactQuery { Cvr = cvr, Version = version ?? RuleVersions.Draft, Days = days ?? 30, PageSize = pageSize ?? 50, Cursor = cursor };
        return await mediator.Send(query, cancellationToken) switch
        {
            ImpactResult.Impact impact => mapper.Map<Impact>(impact),
            ImpactResult.NoVersion => new ResultOf(AdministrationProblems.NotFound()),
            ImpactResult.RulesHaveErrors errors => new ResultOf(AdministrationProblems.RulesHaveErrors(errors.Findings)),
            ImpactResult.Invalid invalid => new ResultOf(AdministrationProblems.InvalidParameter(invalid.Reason)),
            var other => throw new InvalidOperationException($"{other.GetType()} is no outcome of looking for the impact."),
        };
    }

    private ActionResult<Explanation> Answer(Explained explained) => explained switch
    {
        Explained.Answer answer => mapper.Map<Explanation>(answer),
        Explained.NoMessage or Explained.NoVersion => new ResultOf(AdministrationProblems.NotFound()),
        Explained.RulesHaveErrors errors => new ResultOf(AdministrationProblems.RulesHaveErrors(errors.Findings)),
        Explained.TooLarge => new ResultOf(AdministrationProblems.BodyTooLarge("A message is at most as large as PostModtag:MaxMessageBytes says, as at EP_FS1.")),
        Explained.NotRoutable message => new ResultOf(AdministrationProblems.MemoInvalid(message.Faults)),
        _ => throw new InvalidOperationException($"{explained.GetType()} is no outcome of explaining."),
    };
}
