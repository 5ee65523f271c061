using System.Globalization;
using MediatR;
using PostModtag.Application.Administration;
using PostModtag.Application.Routing;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.PublishRules;

/// <summary>Publishes rules that lint finds no error in. They count from the next message on.</summary>
internal sealed class PublishRulesHandler(
    PublishRulesValidator validator, RuleChecks checks, ISetupStore store, SetupChanges changes, ICaller caller, TimeProvider clock)
    : IRequestHandler<PublishRulesCommand, Change<PublishedRules>>
{
    /// <inheritdoc />
    public async Task<Change<PublishedRules>> Handle(PublishRulesCommand request, CancellationToken cancellationToken)
    {
        if (validator.Validate(request) is { IsValid: false } wrong)
            return new Change<PublishedRules>.Invalid(wrong.Faults());
        return await changes.MakeAsync(() => AttemptAsync(request, cancellationToken), cancellationToken);
    }

    private async Task<(SetupChange?, Change<PublishedRules>)> AttemptAsync(PublishRulesCommand request, CancellationToken cancellationToken)
    {
        var authority = await store.FindAuthorityAsync(request.Cvr, cancellationToken) ?? AuthorityRules.For(request.Cvr);
        if (!request.Expected.Matches(authority.Revision))
            return (null, new Change<PublishedRules>.Stale());

        var earlier = RuleVersions.IsNumber(request.Version, out var number) ? await store.FindPublicationAsync(request.Cvr, number, cancellationToken) : null;
        if (request.Version != RuleVersions.Draft && earlier is null)
            return (null, new Change<PublishedRules>.NotFound());
        if ((earlier?.RuleSet ?? authority.Draft) is not { } ruleSet)
        {
            return (null, new Change<PublishedRules>.Refused(
                Refusal.NothingToPublish, $"The authority has no draft. Save one with PUT /authorities/{request.Cvr}/draft, or name an earlier version."));
        }

        var errors = (await checks.CheckAsync(ruleSet, cancellationToken)).Where(finding => finding.IsError).ToList();
        if (errors.Count > 0)
            return (null, new Change<PublishedRules>.Refused(Refusal.RulesHaveErrors, "Mend what the findings say, save the draft and publish it again.", errors));

        var now = clock.GetUtcNow();
        var publication = earlier is null
            ? authority.PublishDraft(caller.Name, request.Comment, now)
            : authority.PublishAgain(earlier, caller.Name, request.Comment, now);
        var change = new SetupChange
        {
            Authority = authority,
            Publication = publication,
            Audit = new AuditEntry(
                now, caller.Name, earlier is null ? AuditAction.RulesPublished : AuditAction.RulesRepublished, request.Cvr, null,
                string.Create(CultureInfo.InvariantCulture, $"publication {publication.Number}{(earlier is null ? "" : $", publication {earlier.Number} again")}, {publication.RuleCount} rules: {request.Comment}")),
        };
        return (change, new Change<PublishedRules>.Done(new PublishedRules(publication, authority.Revision)));
    }
}
