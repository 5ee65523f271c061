using MediatR;
using PostModtag.Application.Paging;
using PostModtag.Application.Routing;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.GetImpact;

/// <summary>Routes each message again, as of the day it was received, and compares with where it went.</summary>
internal sealed class GetImpactHandler(
    GetImpactValidator validator, RuleVersions versions, RuleChecks checks, RoutingTables tables, IMessageStore messages, TimeProvider clock)
    : IRequestHandler<GetImpactQuery, ImpactResult>
{
    internal const char List = 'i';

    private const int Often = 100;

    /// <inheritdoc />
    public async Task<ImpactResult> Handle(GetImpactQuery request, CancellationToken cancellationToken)
    {
        if (validator.FaultOf(request) is { } fault)
            return new ImpactResult.Invalid(fault);
        if (await versions.FindAsync(request.Cvr, request.Version, cancellationToken) is not { } version)
            return new ImpactResult.NoVersion();
        var (router, findings) = await checks.CompileAsync(version.RuleSet, cancellationToken);
        if (router is null)
            return new ImpactResult.RulesHaveErrors(findings);

        var table = await tables.CurrentAsync(cancellationToken);
        var before = PageCursor.TryReadNumber(List, request.Cursor, out var id) ? id : long.MaxValue;
        var (examined, page, flows) = (0, new List<MovedMessage>(), new Dictionary<(string? From, string? To), int>());
        await foreach (var record in messages.ReadRoutedAsync(request.Cvr, clock.GetUtcNow().AddDays(-request.Days), cancellationToken))
        {
            examined++;
            if (request.OnExamined is { } tell && examined % Often == 0)
                await tell(examined);
            var decision = router.Route(new RoutedMessage(record.Memo, record.Size), DanishDay.Of(record.ReceivedAt), table.KeyNamed);
            if (decision.Fagsystem == record.Fagsystem)
                continue;
            var flow = (record.Fagsystem, decision.Fagsystem);
            flows[flow] = flows.GetValueOrDefault(flow) + 1;
            if (record.Id < before && page.Count <= request.PageSize)
                page.Add(new MovedMessage(record.Id, record.MessageUuid, record.ReceivedAt, record.Fagsystem, decision.Fagsystem, decision.Rule));
        }

        return new ImpactResult.Impact
        {
            Examined = examined,
            Moved = flows.Values.Sum(),
            Flows = [.. flows.Select(flow => new ImpactFlow(flow.Key.From, flow.Key.To, flow.Value)).OrderByDescending(flow => flow.Count).ThenBy(flow => flow.From).ThenBy(flow => flow.To)],
            Messages = PageResult<MovedMessage>.Of(page, request.PageSize, message => PageCursor.OfNumber(List, message.Id)),
        };
    }
}
