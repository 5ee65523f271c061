using FluentValidation;

namespace PostModtag.Application.Paging;

/// <summary>A query that is answered a page at a time.</summary>
public abstract class PageQuery
{
    /// <summary>How many a page holds at most, 1 to 500.</summary>
    public required int PageSize { get; init; }

    /// <summary>Where the page before ended; null for the first page.</summary>
    public string? Cursor { get; init; }
}

/// <summary>What every query for a page must be.</summary>
/// <typeparam name="TQuery">The query.</typeparam>
internal abstract class PageQueryValidator<TQuery> : AbstractValidator<TQuery>
    where TQuery : PageQuery
{
    /// <summary>The rules.</summary>
    /// <param name="isCursor">Whether text is a cursor that such a query gives out.</param>
    protected PageQueryValidator(Func<string, bool> isCursor)
    {
        RuleFor(query => query.PageSize).InclusiveBetween(1, 500).WithMessage("pageSize must be from 1 to 500.");
        RuleFor(query => query.Cursor).Must(cursor => cursor is null || isCursor(cursor))
            .WithMessage("cursor must be the nextCursor of the page before.");
    }

    /// <summary>What is wrong with the query, in a sentence each; null when nothing is.</summary>
    public string? FaultOf(TQuery query) => Validate(query) is { IsValid: false } wrong
        ? string.Join(' ', wrong.Errors.Select(error => error.ErrorMessage))
        : null;
}
