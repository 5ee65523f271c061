using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;

namespace PostModtag.Application.FindAuthorities;

/// <summary>Find the authorities that have rules or a draft, by CVR number, a page at a time.</summary>
public sealed class FindAuthoritiesQuery : PageQuery, IRequest<PageResult<AuthoritySummary>>, IOfCallersAuthorities;

/// <summary>What a query must be.</summary>
internal sealed class FindAuthoritiesValidator() : PageQueryValidator<FindAuthoritiesQuery>(
    cursor => PageCursor.TryReadKey(FindAuthoritiesHandler.List, cursor, out _));

/// <summary>Finds a page of authorities.</summary>
internal sealed class FindAuthoritiesHandler(FindAuthoritiesValidator validator, ISetupStore store, ICaller caller) : IRequestHandler<FindAuthoritiesQuery, PageResult<AuthoritySummary>>
{
    internal const char List = 'c';

    /// <inheritdoc />
    public async Task<PageResult<AuthoritySummary>> Handle(FindAuthoritiesQuery request, CancellationToken cancellationToken)
    {
        if (validator.FaultOf(request) is { } fault)
            return new PageResult<AuthoritySummary>.Invalid(fault);

        PageCursor.TryReadKey(List, request.Cursor, out var after);
        var authorities = await store.FindAuthoritiesAsync(caller.Authorities.Cvrs, after, request.PageSize + 1, cancellationToken);
        return PageResult<AuthoritySummary>.Of(authorities, request.PageSize, authority => PageCursor.OfKey(List, authority.Cvr));
    }
}
