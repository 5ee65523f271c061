using FluentValidation;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.FindMessages;

/// <summary>Find messages, the newest first, a page at a time.</summary>
public sealed class FindMessagesQuery : PageQuery, IRequest<PageResult<ListedMessage>>, IOfCallersAuthorities
{
    /// <summary>What to look for.</summary>
    public required MessageFilter Filter { get; init; }
}

/// <summary>What a query must be.</summary>
internal sealed class FindMessagesValidator : PageQueryValidator<FindMessagesQuery>
{
    /// <summary>The rules.</summary>
    public FindMessagesValidator()
        : base(cursor => PageCursor.TryReadNumber(FindMessagesHandler.List, cursor, out _))
    {
        RuleFor(query => query.Filter).Must(filter => !(filter.ReceivedFrom >= filter.ReceivedBefore))
            .WithMessage("receivedFrom must be before receivedBefore.");
        foreach (var (name, value) in new (string, Func<MessageFilter, string?>)[]
                 {
                     ("sender", filter => filter.SenderId),
                     ("recipient", filter => filter.RecipientId),
                     ("contactPoint", filter => filter.ContactPointId),
                     ("label", filter => filter.Label),
                     ("kle", filter => filter.KleSubject),
                     ("case", filter => filter.CaseId),
                     ("fagsystem", filter => filter.Fagsystem),
                 })
        {
            RuleFor(query => query.Filter).Must(filter => value(filter) is not { Length: > MessageSummary.MaxLength })
                .WithMessage($"{name} must have at most {MessageSummary.MaxLength} characters.");
        }
    }
}
