using FluentValidation;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.GetOverview;

/// <summary>Get how many messages came in on each of the last days, and what became of them.</summary>
/// <param name="Days">How many days, today among them.</param>
public sealed record GetOverviewQuery(int Days) : IRequest<Overview>, IOfCallersAuthorities;

/// <summary>What the query must be.</summary>
internal sealed class GetOverviewValidator : AbstractValidator<GetOverviewQuery>
{
    /// <summary>The rules.</summary>
    public GetOverviewValidator() => RuleFor(query => query.Days).InclusiveBetween(1, 366);
}

/// <summary>How it goes.</summary>
/// <param name="Days">The days, the earliest first; the last is today.</param>
public sealed record Overview(IReadOnlyList<OverviewDay> Days)
{
    /// <summary>Today.</summary>
    public OverviewDay Today => Days[^1];
}

/// <summary>One day's messages.</summary>
/// <param name="Day">The day in Denmark.</param>
/// <param name="Total">What became of all.</param>
/// <param name="ByFagsystem">What became of those for each fagsystem, by its key; an empty key stands for none.</param>
public sealed record OverviewDay(DateOnly Day, OverviewCount Total, IReadOnlyDictionary<string, OverviewCount> ByFagsystem);

/// <summary>What became of messages.</summary>
/// <param name="Accepted">How many were accepted.</param>
/// <param name="Rejected">How many were rejected.</param>
/// <param name="Held">How many are held.</param>
/// <param name="Undecided">How many are to be sent again by their sender.</param>
public readonly record struct OverviewCount(int Accepted, int Rejected, int Held, int Undecided)
{
    /// <summary>How many were received.</summary>
    public int Received => Accepted + Rejected + Held + Undecided;

    /// <summary>With as many more in a state.</summary>
    public OverviewCount With(MessageState state, int more) => state switch
    {
        MessageState.Accepted => this with { Accepted = Accepted + more },
        MessageState.Rejected => this with { Rejected = Rejected + more },
        MessageState.Held => this with { Held = Held + more },
        _ => this with { Undecided = Undecided + more },
    };
}
