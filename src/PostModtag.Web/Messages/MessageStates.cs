using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Web.Messages;

/// <summary>What a person can choose as a message's state: the states themselves, those that are not decided, and the concerns.</summary>
internal static class MessageStates
{
    /// <summary>All that are not decided.</summary>
    public const string Undecided = "Undecided";

    /// <summary>The choices, by name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Enum.GetNames<MessageState>(), Undecided,
        nameof(DeliveryConcern.Person), nameof(DeliveryConcern.GivenUp), nameof(DeliveryConcern.Configuration),
    ];

    /// <summary>The choice as a filter has it, with the rest of what is looked for.</summary>
    public static MessageFilter Filter(Search search, DateTimeOffset? from, DateTimeOffset? before, bool undecidedOnly = false) => new()
    {
        State = Enum.TryParse<MessageState>(search.State, out var state) ? state : null,
        Concern = Enum.TryParse<DeliveryConcern>(search.State, out var concern) && concern != DeliveryConcern.None ? concern : null,
        IsUndecided = undecidedOnly || search.State == Undecided,
        SenderId = Given(search.Sender)?.Replace("-", "", StringComparison.Ordinal),
        RecipientId = Given(search.Recipient),
        ContactPointId = Given(search.ContactPoint),
        KleSubject = Given(search.Kle),
        CaseId = Given(search.Case),
        Label = Given(search.Label),
        Fagsystem = Given(search.Fagsystem),
        ReceivedFrom = from,
        ReceivedBefore = before,
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
