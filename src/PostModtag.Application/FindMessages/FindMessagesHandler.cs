using MediatR;
using PostModtag.Application.Storage;

namespace PostModtag.Application.FindMessages;

/// <summary>Finds a page of messages.</summary>
public sealed class FindMessagesHandler(FindMessagesValidator validator, IMessageStore store) : IRequestHandler<FindMessagesQuery, FindMessagesResult>
{
    /// <inheritdoc />
    public async Task<FindMessagesResult> Handle(FindMessagesQuery request, CancellationToken cancellationToken)
    {
        if (validator.Validate(request) is { IsValid: false } wrong)
            return new FindMessagesResult.Invalid(string.Join(' ', wrong.Errors.Select(error => error.ErrorMessage)));

        long? before = request.Cursor is { } cursor && PageCursor.TryParse(cursor, out var id) ? id : null;
        var messages = await store.FindPageAsync(request.Filter, before, request.PageSize + 1, cancellationToken);
        return messages.Count <= request.PageSize
            ? new FindMessagesResult.Page(messages, null)
            : new FindMessagesResult.Page([.. messages.Take(request.PageSize)], PageCursor.Format(messages[request.PageSize - 1].Id));
    }
}
