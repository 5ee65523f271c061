using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Outbox;
using PostModtag.Application.Paging;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.FindOutboxEntries;

/// <summary>Find what is to be told of decided messages, the newest first, a page at a time.</summary>
public sealed class FindOutboxEntriesQuery : PageQuery, IRequest<PageResult<OutboxEntry>>, IOfCallersAuthorities
{
    /// <summary>What they are to be.</summary>
    public OutboxFilter Filter { get; init; } = new();
}

/// <summary>What a query must be.</summary>
internal sealed class FindOutboxEntriesValidator() : PageQueryValidator<FindOutboxEntriesQuery>(cursor => PageCursor.TryReadNumber(FindOutboxEntriesHandler.List, cursor, out _));

/// <summary>Finds a page of them.</summary>
internal sealed class FindOutboxEntriesHandler(FindOutboxEntriesValidator validator, IOutbox outbox, ICaller caller) : IRequestHandler<FindOutboxEntriesQuery, PageResult<OutboxEntry>>
{
    internal const char List = 'o';

    /// <inheritdoc />
    public async Task<PageResult<OutboxEntry>> Handle(FindOutboxEntriesQuery request, CancellationToken cancellationToken)
    {
        if (validator.FaultOf(request) is { } fault)
            return new PageResult<OutboxEntry>.Invalid(fault);

        long? before = PageCursor.TryReadNumber(List, request.Cursor, out var id) ? id : null;
        var entries = await outbox.FindPageAsync(request.Filter, caller.Authorities.Cvrs, before, request.PageSize + 1, cancellationToken);
        return PageResult<OutboxEntry>.Of(entries, request.PageSize, entry => PageCursor.OfNumber(List, entry.Id));
    }
}
