using FluentValidation;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Paging;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Application.GetImpact;

/// <summary>Find which of the last days' messages a version of the rules would send elsewhere.</summary>
public sealed class GetImpactQuery : PageQuery, IRequest<ImpactResult>, IOfAuthority
{
    /// <summary>The authority's CVR number.</summary>
    public required string Cvr { get; init; }

    /// <summary><c>draft</c>, <c>current</c>, or the number of a publication.</summary>
    public required string Version { get; init; }

    /// <summary>How many days back, 1 to 366.</summary>
    public required int Days { get; init; }

    /// <summary>Is told, from time to time, how many messages have been looked at; null where nobody waits to see it.</summary>
    public Func<int, Task>? OnExamined { get; init; }
}

/// <summary>What looking for the impact can end as.</summary>
public abstract class ImpactResult
{
    private ImpactResult()
    {
    }

    /// <summary>The impact.</summary>
    public sealed class Impact : ImpactResult
    {
        /// <summary>How many messages were looked at.</summary>
        public required int Examined { get; init; }

        /// <summary>How many of them would go elsewhere.</summary>
        public required int Moved { get; init; }

        /// <summary>From where to where, the most first.</summary>
        public required IReadOnlyList<ImpactFlow> Flows { get; init; }

        /// <summary>A page of those that would go elsewhere, the newest first.</summary>
        public required PageResult<MovedMessage>.Page Messages { get; init; }
    }

    /// <summary>There is no such version.</summary>
    public sealed class NoVersion : ImpactResult;

    /// <summary>The rules cannot be asked.</summary>
    public sealed class RulesHaveErrors(IReadOnlyList<LintFinding> findings) : ImpactResult
    {
        /// <summary>What is wrong with them.</summary>
        public IReadOnlyList<LintFinding> Findings { get; } = findings;
    }

    /// <summary>The query cannot be answered.</summary>
    public sealed class Invalid(string reason) : ImpactResult
    {
        /// <summary>What is wrong, and what it should be.</summary>
        public string Reason { get; } = reason;
    }
}

/// <summary>Messages that would go from one place to another; null stands for being rejected.</summary>
public sealed record ImpactFlow(string? From, string? To, int Count);

/// <summary>A message that would go elsewhere.</summary>
/// <param name="Id">Its place in the order of messages.</param>
/// <param name="MessageUuid">Its messageUUID.</param>
/// <param name="ReceivedAt">When it was received, UTC.</param>
/// <param name="From">Where it went; null when it was rejected.</param>
/// <param name="To">Where it would go; null when it would be rejected.</param>
/// <param name="Rule">The rule that would take it; null when it would be none.</param>
public sealed record MovedMessage(long Id, Guid MessageUuid, DateTimeOffset ReceivedAt, string? From, string? To, string? Rule);

/// <summary>What a query must be.</summary>
internal sealed class GetImpactValidator : PageQueryValidator<GetImpactQuery>
{
    /// <summary>The rules.</summary>
    public GetImpactValidator()
        : base(cursor => PageCursor.TryReadNumber(GetImpactHandler.List, cursor, out _)) =>
        RuleFor(query => query.Days).InclusiveBetween(1, 366).WithMessage("days must be from 1 to 366.");
}
