using FluentValidation;
using MediatR;
using PostModtag.Application.Administration;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;

namespace PostModtag.Application.GetOverview;

/// <summary>Counts the days, of the caller's authorities only.</summary>
internal sealed class GetOverviewHandler(GetOverviewValidator validator, DayCounts counts, ICaller caller, TimeProvider clock) : IRequestHandler<GetOverviewQuery, Overview>
{
    /// <inheritdoc />
    public async Task<Overview> Handle(GetOverviewQuery request, CancellationToken cancellationToken)
    {
        await validator.ValidateAndThrowAsync(request, cancellationToken);
        var days = await counts.OfAsync(DanishDay.Of(clock.GetUtcNow()), request.Days, cancellationToken);
        return new Overview([.. days.Select(day => Sum(day.Day, day.Counted))]);
    }

    private OverviewDay Sum(DateOnly day, IReadOnlyList<CountedMessages> counted)
    {
        var total = default(OverviewCount);
        var byFagsystem = new SortedDictionary<string, OverviewCount>(StringComparer.Ordinal);
        foreach (var group in counted.Where(group => caller.Authorities.Includes(group.RecipientId)))
        {
            var key = group.Fagsystem ?? "";
            total = total.With(group.State, group.Count);
            byFagsystem[key] = byFagsystem.GetValueOrDefault(key).With(group.State, group.Count);
        }

        return new OverviewDay(day, total, byFagsystem);
    }
}
