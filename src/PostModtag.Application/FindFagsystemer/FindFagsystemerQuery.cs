using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.FindFagsystemer;

/// <summary>Find the registered fagsystemer, by key, a page at a time.</summary>
public sealed class FindFagsystemerQuery : PageQuery, IRequest<PageResult<Fagsystem>>, IOfEveryone
{
    /// <summary>The state they are to be in; null for any.</summary>
    public FagsystemState? State { get; init; }
}

/// <summary>What a query must be.</summary>
internal sealed class FindFagsystemerValidator() : PageQueryValidator<FindFagsystemerQuery>(
    cursor => PageCursor.TryReadKey(FindFagsystemerHandler.List, cursor, out _));

/// <summary>Finds a page of fagsystemer.</summary>
internal sealed class FindFagsystemerHandler(FindFagsystemerValidator validator, ISetupStore store) : IRequestHandler<FindFagsystemerQuery, PageResult<Fagsystem>>
{
    internal const char List = 'f';

    /// <inheritdoc />
    public async Task<PageResult<Fagsystem>> Handle(FindFagsystemerQuery request, CancellationToken cancellationToken)
    {
        if (validator.FaultOf(request) is { } fault)
            return new PageResult<Fagsystem>.Invalid(fault);

        PageCursor.TryReadKey(List, request.Cursor, out var after);
        var fagsystemer = await store.FindFagsystemerAsync(request.State, after, request.PageSize + 1, cancellationToken);
        return PageResult<Fagsystem>.Of(fagsystemer, request.PageSize, fagsystem => PageCursor.OfKey(List, fagsystem.Key));
    }
}
