using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;

namespace PostModtag.Application.FindPublications;

/// <summary>Find the publications of an authority's rules, the newest first, a page at a time.</summary>
public sealed class FindPublicationsQuery : PageQuery, IRequest<PageResult<PublicationSummary>>, IOfAuthority
{
    /// <summary>The authority's CVR number.</summary>
    public required string Cvr { get; init; }
}

/// <summary>What a query must be.</summary>
internal sealed class FindPublicationsValidator() : PageQueryValidator<FindPublicationsQuery>(
    cursor => PageCursor.TryReadNumber(FindPublicationsHandler.List, cursor, out var number) && number <= int.MaxValue);

/// <summary>Finds a page of publications.</summary>
internal sealed class FindPublicationsHandler(FindPublicationsValidator validator, ISetupStore store) : IRequestHandler<FindPublicationsQuery, PageResult<PublicationSummary>>
{
    internal const char List = 'p';

    /// <inheritdoc />
    public async Task<PageResult<PublicationSummary>> Handle(FindPublicationsQuery request, CancellationToken cancellationToken)
    {
        if (validator.FaultOf(request) is { } fault)
            return new PageResult<PublicationSummary>.Invalid(fault);

        int? before = PageCursor.TryReadNumber(List, request.Cursor, out var number) ? (int)number : null;
        var publications = await store.FindPublicationsAsync(request.Cvr, before, request.PageSize + 1, cancellationToken);
        return PageResult<PublicationSummary>.Of(publications, request.PageSize, publication => PageCursor.OfNumber(List, publication.Number));
    }
}
