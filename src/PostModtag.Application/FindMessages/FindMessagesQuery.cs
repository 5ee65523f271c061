using FluentValidation;
using MediatR;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.FindMessages;

/// <summary>Find messages, the newest first, a page at a time.</summary>
public sealed class FindMessagesQuery : IRequest<FindMessagesResult>
{
    /// <summary>What to look for.</summary>
    public required MessageFilter Filter { get; init; }

    /// <summary>How many messages a page holds at most, 1 to 500.</summary>
    public required int PageSize { get; init; }

    /// <summary>Where the page before ended; null for the first page.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A page, or what is wrong with the query.</summary>
public abstract class FindMessagesResult
{
    private FindMessagesResult()
    {
    }

    /// <summary>A page of messages.</summary>
    public sealed class Page(IReadOnlyList<Message> messages, string? nextCursor) : FindMessagesResult
    {
        /// <summary>The messages, the newest first.</summary>
        public IReadOnlyList<Message> Messages { get; } = messages;

        /// <summary>Where the next page begins; null when this is the last.</summary>
        public string? NextCursor { get; } = nextCursor;
    }

    /// <summary>The query cannot be answered.</summary>
    public sealed class Invalid(string reason) : FindMessagesResult
    {
        /// <summary>What is wrong, and what it should be; it quotes no value.</summary>
        public string Reason { get; } = reason;
    }
}

/// <summary>What a query must be.</summary>
public sealed class FindMessagesValidator : AbstractValidator<FindMessagesQuery>
{
    /// <summary>The rules.</summary>
    public FindMessagesValidator()
    {
        RuleFor(query => query.PageSize).InclusiveBetween(1, 500).WithMessage("pageSize must be from 1 to 500.");
        RuleFor(query => query.Cursor).Must(cursor => cursor is null || PageCursor.TryParse(cursor, out _))
            .WithMessage("cursor must be the nextCursor of the page before.");
        RuleFor(query => query.Filter).Must(filter => !(filter.ReceivedFrom >= filter.ReceivedBefore))
            .WithMessage("receivedFrom must be before receivedBefore.");
        foreach (var (name, value) in new (string, Func<MessageFilter, string?>)[]
                 {
                     ("sender", filter => filter.SenderId),
                     ("recipient", filter => filter.RecipientId),
                     ("contactPoint", filter => filter.ContactPointId),
                 })
        {
            RuleFor(query => query.Filter).Must(filter => value(filter) is not { Length: > MessageSummary.MaxLength })
                .WithMessage($"{name} must have at most {MessageSummary.MaxLength} characters.");
        }
    }
}
