using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;

namespace PostModtag.Application.FindAuditEntries;

/// <summary>Find entries of the audit trail, the newest first, a page at a time.</summary>
public sealed class FindAuditEntriesQuery : PageQuery, IRequest<PageResult<AuditEntry>>, IOfCallersAuthorities
{
    /// <summary>The CVR number of the authority that they are to be about; null for any.</summary>
    public string? Authority { get; init; }

    /// <summary>The key of the fagsystem that they are to be about; null for any.</summary>
    public string? Fagsystem { get; init; }
}

/// <summary>What a query must be.</summary>
internal sealed class FindAuditEntriesValidator() : PageQueryValidator<FindAuditEntriesQuery>(
    cursor => PageCursor.TryReadNumber(FindAuditEntriesHandler.List, cursor, out _));

/// <summary>Finds a page of the audit trail.</summary>
internal sealed class FindAuditEntriesHandler(FindAuditEntriesValidator validator, IAuditTrail audit, ICaller caller) : IRequestHandler<FindAuditEntriesQuery, PageResult<AuditEntry>>
{
    internal const char List = 'a';

    /// <inheritdoc />
    public async Task<PageResult<AuditEntry>> Handle(FindAuditEntriesQuery request, CancellationToken cancellationToken)
    {
        if (validator.FaultOf(request) is { } fault)
            return new PageResult<AuditEntry>.Invalid(fault);

        long? before = PageCursor.TryReadNumber(List, request.Cursor, out var id) ? id : null;
        var entries = await audit.FindAsync(caller.Authorities.Cvrs, request.Authority, request.Fagsystem, before, request.PageSize + 1, cancellationToken);
        return PageResult<AuditEntry>.Of(entries, request.PageSize, entry => PageCursor.OfNumber(List, entry.Id));
    }
}
