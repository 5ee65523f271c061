using MediatR;
using PostModtag.Application.Administration;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;

namespace PostModtag.Application.FindMessages;

/// <summary>Finds a page of messages.</summary>
internal sealed class FindMessagesHandler(FindMessagesValidator validator, IMessageStore store, ICaller caller) : IRequestHandler<FindMessagesQuery, PageResult<ListedMessage>>
{
    internal const char List = 'm';

    /// <inheritdoc />
    public async Task<PageResult<ListedMessage>> Handle(FindMessagesQuery request, CancellationToken cancellationToken)
    {
        if (validator.FaultOf(request) is { } fault)
            return new PageResult<ListedMessage>.Invalid(fault);

        request.Filter.Authorities = caller.Authorities.Cvrs;
        long? before = PageCursor.TryReadNumber(List, request.Cursor, out var id) ? id : null;
        var messages = await store.FindPageAsync(request.Filter, before, request.PageSize + 1, cancellationToken);
        return PageResult<ListedMessage>.Of(messages, request.PageSize, message => PageCursor.OfNumber(List, message.Id));
    }
}
