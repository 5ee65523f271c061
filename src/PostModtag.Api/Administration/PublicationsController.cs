using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Api.Http;
using PostModtag.Application.Access;
using PostModtag.Application.CompareRules;
using PostModtag.Application.ExportRules;
using PostModtag.Application.FindAuthorities;
using PostModtag.Application.FindPublications;
using PostModtag.Application.GetPublication;
using PostModtag.Application.Paging;
using PostModtag.Application.PublishRules;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Contract.Administration;
using PublicationSummary = PostModtag.Application.Storage.PublicationSummary;

namespace PostModtag.Api.Administration;

/// <summary>The published versions of authorities' rules: maps each call to its query or command and back.</summary>
[ApiController]
[RuleParameters]
public sealed class PublicationsController(IMediator mediator, IMapper mapper) : PublicationsControllerBase
{
    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<AuthorityPage>> FindAuthorities(int? pageSize, string? cursor, CancellationToken cancellationToken) =>
        await mediator.Send(new FindAuthoritiesQuery { PageSize = pageSize ?? 50, Cursor = cursor }, cancellationToken) switch
        {
            PageResult<AuthoritySummary>.Page page => mapper.Map<AuthorityPage>(page),
            var other => new ResultOf(AdministrationProblems.InvalidPage(other)),
        };

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<IActionResult> ExportRules(string cvr, string? version, CancellationToken cancellationToken) =>
        await mediator.Send(new ExportRulesQuery(cvr, version ?? RuleVersions.Draft), cancellationToken) is { } file
            ? File(file.Content, "application/yaml", file.Name)
            : new ResultOf(AdministrationProblems.NotFound());

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<RuleSetComparison>> CompareRules(string cvr, string? from, string? to, CancellationToken cancellationToken) =>
        await mediator.Send(new CompareRulesQuery(cvr, from ?? RuleVersions.Current, to ?? RuleVersions.Draft), cancellationToken) is { } differences
            ? new RuleSetComparison { Differences = mapper.Map<List<RuleDifference>>(differences) }
            : new ResultOf(AdministrationProblems.NotFound());

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<PublicationPage>> FindPublications(string cvr, int? pageSize, string? cursor, CancellationToken cancellationToken) =>
        await mediator.Send(new FindPublicationsQuery { Cvr = cvr, PageSize = pageSize ?? 50, Cursor = cursor }, cancellationToken) switch
        {
            PageResult<PublicationSummary>.Page page => mapper.Map<PublicationPage>(page),
            var other => new ResultOf(AdministrationProblems.InvalidPage(other)),
        };

    /// <inheritdoc />
    [Authorize(Permissions.WriteRules)]
    public override async Task<ActionResult<Publication>> PublishRules(PublicationRequest body, string cvr, string? if_Match, CancellationToken cancellationToken)
    {
        if (!Revisions.TryReadIfMatch(if_Match, out var expected, out var problem))
            return problem;
        var command = new PublishRulesCommand { Cvr = cvr, Version = body.Version ?? RuleVersions.Draft, Comment = body.Comment, Expected = expected };
        return Revisions.Answer(await mediator.Send(command, cancellationToken), made =>
        {
            Response.SetRevision(made.Revision);
            return Created(new Uri($"/authorities/{cvr}/publications/{made.Publication.Number}", UriKind.Relative), mapper.Map<Publication>(made.Publication));
        });
    }

    /// <inheritdoc />
    [Authorize(Permissions.ReadRules)]
    public override async Task<ActionResult<Publication>> GetPublication(string cvr, int number, CancellationToken cancellationToken) =>
        await mediator.Send(new GetPublicationQuery(cvr, number), cancellationToken) is { } publication
            ? mapper.Map<Publication>(publication)
            : new ResultOf(AdministrationProblems.NotFound());
}
