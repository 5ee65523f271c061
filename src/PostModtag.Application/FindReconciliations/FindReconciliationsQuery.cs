using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Paging;
using PostModtag.Application.Reconciliation;
using PostModtag.Domain.Reconciliation;

namespace PostModtag.Application.FindReconciliations;

/// <summary>Find the records of an authority's days, the oldest first, a page at a time.</summary>
public sealed class FindReconciliationsQuery : PageQuery, IRequest<PageResult<ReconciliationRecord>>, IOfAuthority
{
    /// <summary>The authority's CVR number, or <see cref="ReconciliationRecord.Others"/>.</summary>
    public required string Cvr { get; init; }
}

/// <summary>What a query must be.</summary>
internal sealed class FindReconciliationsValidator() : PageQueryValidator<FindReconciliationsQuery>(
    cursor => PageCursor.TryReadNumber(FindReconciliationsHandler.List, cursor, out var number) && number <= int.MaxValue);

/// <summary>Finds a page of records.</summary>
internal sealed class FindReconciliationsHandler(FindReconciliationsValidator validator, IReconciliationStore store) : IRequestHandler<FindReconciliationsQuery, PageResult<ReconciliationRecord>>
{
    internal const char List = 'r';

    /// <inheritdoc />
    public async Task<PageResult<ReconciliationRecord>> Handle(FindReconciliationsQuery request, CancellationToken cancellationToken)
    {
        if (validator.FaultOf(request) is { } fault)
            return new PageResult<ReconciliationRecord>.Invalid(fault);

        var after = PageCursor.TryReadNumber(List, request.Cursor, out var number) ? (int)number : 0;
        var records = await store.FindAsync(request.Cvr, after, request.PageSize + 1, cancellationToken);
        return PageResult<ReconciliationRecord>.Of(records, request.PageSize, record => PageCursor.OfNumber(List, record.Number));
    }
}
