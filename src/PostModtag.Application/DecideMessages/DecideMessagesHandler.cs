using MediatR;
using PostModtag.Application.Administration;
using PostModtag.Application.Deliveries;
using PostModtag.Application.FindMessages;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.DecideMessages;

/// <summary>
/// Decides on each message for itself, and waits for no fagsystem: those that are to be asked about are due afterwards, and
/// the background asks about a few at once.
/// </summary>
internal sealed class DecideMessagesHandler(MessageDecisions decisions, FindMessagesValidator filters, IMessageStore store, ICaller caller) : IRequestHandler<DecideMessagesCommand, Change<DecidedMessages>>
{
    /// <summary>The most messages of a list.</summary>
    public const int AtOnce = 1_000;

    /// <summary>How many a filter finds in one call, which answers in good time then: each message is a commit of its own.</summary>
    public const int Page = 200;

    /// <inheritdoc />
    public async Task<Change<DecidedMessages>> Handle(DecideMessagesCommand request, CancellationToken cancellationToken)
    {
        List<Fault> faults = [.. FaultsOf(request), .. await decisions.FaultsOfAsync(request.Decision, cancellationToken)];
        if (faults.Count > 0)
            return new Change<DecidedMessages>.Invalid(faults);

        var (messages, nextCursor) = request.Filter is { } filter
            ? await FindAsync(filter, request.Cursor, cancellationToken)
            : (request.Messages!.Distinct(), null);
        var decided = new List<DecidedMessage>();
        foreach (var messageUuid in messages)
            decided.Add(new DecidedMessage(messageUuid, await decisions.MakeAsync(messageUuid, request.Decision, TimeSpan.Zero, ask: null, cancellationToken)));
        return new Change<DecidedMessages>.Done(new DecidedMessages(decided, nextCursor));
    }

    private async Task<(IEnumerable<Guid> Messages, string? NextCursor)> FindAsync(MessageFilter filter, string? cursor, CancellationToken cancellationToken)
    {
        filter.Authorities = caller.Authorities.Cvrs;
        long? before = PageCursor.TryReadNumber(FindMessagesHandler.List, cursor, out var id) ? id : null;
        var found = await store.FindPageAsync(filter, before, Page + 1, cancellationToken);
        var page = PageResult<ListedMessage>.Of(found, Page, message => PageCursor.OfNumber(FindMessagesHandler.List, message.Id));
        return (page.Items.Select(message => message.MessageUuid), page.NextCursor);
    }

    private IEnumerable<Fault> FaultsOf(DecideMessagesCommand request)
    {
        if ((request.Messages is null) == (request.Filter is null))
            yield return FaultOf("messages", "Nævn enten meddelelser eller en søgning.", "Expected either a list of messages or a filter.");
        else if (request.Messages is { Count: 0 or > AtOnce })
            yield return FaultOf("messages", $"Nævn 1 til {AtOnce} meddelelser.", $"Expected 1 to {AtOnce} messages.");
        else if (request.Filter is { State: MessageState.Accepted or MessageState.Rejected })
            yield return FaultOf("filter.state", "Søg blandt dem, der ikke er afgjort: de andre har deres endelige kvittering.", "Expected HELD or RECEIVED: the others have their final receipt.");
        else if (request.Filter is { IsBroad: true })
            yield return FaultOf("filter", "Søg efter mere end tilstanden.", "Expected one filter at least, beside the state.");
        else if (request.Filter is { } filter && filters.FaultOf(new FindMessagesQuery { Filter = filter, PageSize = 1, Cursor = request.Cursor }) is { } fault)
            yield return FaultOf("filter", "Søgningen kan ikke bruges.", fault);
    }

    private static Fault FaultOf(string place, string danish, string english) => new(place, new BilingualText(danish, english));
}
