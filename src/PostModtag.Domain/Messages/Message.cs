using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Rules;

namespace PostModtag.Domain.Messages;

/// <summary>
/// A message that was received: where it stands, and its receipt once it is decided. It guards its own states: a
/// decided message stays as it is.
/// </summary>
public sealed class Message
{
    private readonly List<MessageFile> _files = [];

    private Message()
    {
    }

    /// <summary>The order in which messages were first kept; given by the store.</summary>
    public long Id { get; private set; }

    /// <summary>The message's messageUUID; no two messages have the same.</summary>
    public Guid MessageUuid { get; private set; }

    /// <summary>The receipt's transmissionId, made once.</summary>
    public Guid TransmissionId { get; private set; }

    /// <summary>The x-TransaktionsId under which the message first came, and under which the fagsystem is asked.</summary>
    public Guid TransactionId { get; private set; }

    /// <summary>When the message was first received, UTC, to the millisecond.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>The Content-Type it came with, to be passed on with the bytes.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>The message's bytes as they came.</summary>
    public ContentReference Xml { get; private set; } = null!;

    /// <summary>The version of MeMo, <c>1.1</c> or <c>1.2</c>; null where there is no schema for it.</summary>
    public string? MemoVersion { get; private set; }

    /// <summary>The fields by which people find it.</summary>
    public MessageSummary Summary { get; private set; } = null!;

    /// <summary>The message without the files' contents; null when it does not follow the schema.</summary>
    public MemoMessage? Memo { get; private set; }

    /// <summary>The message's files in its order; empty when it does not follow the schema.</summary>
    public IReadOnlyList<MessageFile> Files => _files;

    /// <summary>Where it stands.</summary>
    public MessageState State { get; private set; }

    /// <summary>The key of the fagsystem that it is for; null until one is designated.</summary>
    public string? Fagsystem { get; private set; }

    /// <summary>What decided where it goes; null where it was rejected before it came to the rules.</summary>
    public MessageRouting? Routing { get; private set; }

    /// <summary>The receipt; null until the message is decided.</summary>
    public Receipt? Receipt { get; private set; }

    /// <summary>When it was first held, UTC; null when it was not.</summary>
    public DateTimeOffset? HeldAt { get; private set; }

    /// <summary>
    /// Until when its fagsystem may be being asked about it, UTC; null when nobody asks. Kept before the asking begins: whatever becomes
    /// of who asks, until then it may be with that fagsystem, and goes to no other.
    /// </summary>
    public DateTimeOffset? AskingUntil { get; private set; }

    /// <summary>When its fagsystem is to be asked again without its sender, UTC; null when it is not.</summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    /// <summary>Since when it is held now, UTC: since it was first held, or since a person last decided to go on. Null when it is not held.</summary>
    public DateTimeOffset? HoldingSince { get; private set; }

    /// <summary>How often its fagsystem has been asked, or was to be asked.</summary>
    public int Attempts { get; private set; }

    /// <summary>How many of those count for how long to wait: those since a person last decided to go on, without those that were only put off.</summary>
    public int Tries { get; private set; }

    /// <summary>Whether somebody must see to it.</summary>
    public DeliveryConcern Concern { get; private set; }

    /// <summary>When its XML and its files were deleted, UTC, since the authority keeps them no longer; null while they are there.</summary>
    public DateTimeOffset? ContentsDeletedAt { get; private set; }

    /// <summary>Grows with each change that is kept; two that change it at once find out.</summary>
    public long Revision { get; private set; } = 1;

    /// <summary>The CVR number of the authority that it is to; null where its recipient is none, or could not be read.</summary>
    public string? Authority => Summary.RecipientId is { } id && AuthorityRules.IsCvr(id) ? id : null;

    /// <summary>Whether the decision is final.</summary>
    public bool IsDecided => State is MessageState.Accepted or MessageState.Rejected;

    /// <summary>What its sender is told: the final receipt, or that it is taken and not finished; null to have it sent again.</summary>
    public Receipt? Answer => Receipt ?? (HeldAt is { } heldAt
        ? new Receipt(TransmissionId, MessageUuid, Summary.MessageId, ReceiptStatus.Received, null, null, heldAt)
        : null);

    /// <summary>What was wrong with it, where it was rejected for that.</summary>
    public IReadOnlyList<Violation> Violations { get; private set; } = [];

    /// <summary>A message that has just been read.</summary>
    public static Message Receive(ReceivedMemo memo, Guid transactionId, string contentType, DateTimeOffset now)
    {
        var message = new Message
        {
            MessageUuid = memo.MessageUuid,
            TransmissionId = Guid.NewGuid(),
            TransactionId = transactionId,
            ReceivedAt = ToMilliseconds(now),
            ContentType = contentType,
            Xml = memo.Xml,
            MemoVersion = memo.MemoVersion,
            Summary = memo.Summary,
            Memo = memo.Memo,
            State = MessageState.Received,
        };
        message._files.AddRange(memo.Memo?.Files().Select(MessageFile.Of) ?? []);
        return message;
    }

    /// <summary>
    /// Keeps where the rules send it: to one fagsystem, or nowhere, and then it is rejected. It is routed once: a message
    /// whose delivery may have begun only ever goes to the same fagsystem again.
    /// </summary>
    /// <exception cref="InvalidOperationException">The message is routed, or decided.</exception>
    public void Route(RoutingDecision decision, int? version, WhenUndecided whenUndecided, DateTimeOffset now)
    {
        ThrowIfDecided();
        if (Routing is not null)
            throw new InvalidOperationException($"Message {MessageUuid} has been routed, and goes to the same fagsystem again.");
        Routing = new MessageRouting(version, decision.Basis, decision.Rule, decision.Reasons, whenUndecided);
        Fagsystem = decision.Fagsystem;
        if (Fagsystem is null)
            Reject(Rejection.For(ReceiptError.NoRuleMatched), now);
    }

    /// <summary>Its fagsystem is about to be asked, for so long at most. Throws <see cref="InvalidOperationException"/> for a decided message.</summary>
    public void BeginAsking(DateTimeOffset until)
    {
        ThrowIfDecided();
        AskingUntil = ToMilliseconds(until);
    }

    /// <summary>
    /// Keeps how asking its fagsystem ended, and decides the message where that decides it. Throws
    /// <see cref="InvalidOperationException"/> for a decided message, or one without a fagsystem.
    /// </summary>
    public DeliveryAttempt Record(DeliveryOutcome outcome, DateTimeOffset startedAt, DateTimeOffset now)
    {
        ThrowIfDecided();
        var fagsystem = Fagsystem ?? throw new InvalidOperationException($"Message {MessageUuid} has no fagsystem that could have been asked.");
        var attempt = DeliveryAttempt.Of(++Attempts, fagsystem, ToMilliseconds(startedAt), ToMilliseconds(now), outcome);
        if (outcome is not DeliveryOutcome.Undecided { Reason: UndecidedReason.CircuitOpen or UndecidedReason.TooManyAtOnce })
            Tries++;
        (NextAttemptAt, AskingUntil) = (null, null);
        switch (outcome)
        {
            case DeliveryOutcome.Accepted:
                Accept(now);
                break;
            case DeliveryOutcome.Rejected rejected:
                Reject(rejected.Rejection, now);
                break;
            case DeliveryOutcome.Undecided undecided:
                Concern = undecided.Reason.Concern();
                break;
            default:
                Concern = DeliveryConcern.None;
                break;
        }

        return attempt;
    }

    /// <summary>Holds it: its sender is told that it is taken, and its fagsystem is asked again at that time. Throws <see cref="InvalidOperationException"/> for a decided message.</summary>
    public void Hold(DateTimeOffset nextAttemptAt, DateTimeOffset now)
    {
        ThrowIfDecided();
        State = MessageState.Held;
        HeldAt ??= ToMilliseconds(now);
        HoldingSince ??= ToMilliseconds(now);
        NextAttemptAt = ToMilliseconds(nextAttemptAt);
    }

    /// <summary>Stops asking its fagsystem: a person decides. Throws <see cref="InvalidOperationException"/> for a message that is not held.</summary>
    public void GiveUp()
    {
        if (State != MessageState.Held)
            throw new InvalidOperationException($"Message {MessageUuid} is not held.");
        NextAttemptAt = null;
        if (Concern != DeliveryConcern.Person)
            Concern = DeliveryConcern.GivenUp;
    }

    /// <summary>
    /// A person has its fagsystem asked again now. One that is held is held anew, as long as at first. Throws
    /// <see cref="InvalidOperationException"/> for a decided message.
    /// </summary>
    public void Retry(DateTimeOffset now)
    {
        ThrowIfDecided();
        (NextAttemptAt, AskingUntil, Concern, Tries) = (ToMilliseconds(now), null, DeliveryConcern.None, 0);
        HoldingSince = State == MessageState.Held ? ToMilliseconds(now) : null;
    }

    /// <summary>A person sends it to another fagsystem, which is asked now, as with a retry. Throws <see cref="InvalidOperationException"/> for a decided message.</summary>
    public void Redirect(string fagsystem, DateTimeOffset now)
    {
        Retry(now);
        Fagsystem = fagsystem;
    }

    /// <summary>The fagsystem took it. Throws <see cref="InvalidOperationException"/> for a decided message, or one without a fagsystem.</summary>
    public void Accept(DateTimeOffset now)
    {
        ThrowIfDecided();
        if (Fagsystem is null)
            throw new InvalidOperationException($"Message {MessageUuid} has no fagsystem that could have accepted it.");
        State = MessageState.Accepted;
        (NextAttemptAt, AskingUntil, Concern) = (null, null, DeliveryConcern.None);
        Receipt = new Receipt(TransmissionId, MessageUuid, Summary.MessageId, ReceiptStatus.Completed, null, null, ToMilliseconds(now));
    }

    /// <summary>Before it is kept: its sender is found by a key, and not by a CPR number.</summary>
    /// <param name="keyOf">What a sender's id is looked for by; null while that cannot be said.</param>
    public void KeySender(Func<string, string?> keyOf) => Summary = Summary.WithSenderKey(keyOf);

    /// <summary>It is rejected. Throws <see cref="InvalidOperationException"/> for a decided message.</summary>
    public void Reject(Rejection rejection, DateTimeOffset now)
    {
        ThrowIfDecided();
        State = MessageState.Rejected;
        (NextAttemptAt, AskingUntil, Concern) = (null, null, DeliveryConcern.None);
        Violations = rejection.Violations;
        Receipt = Rejected(TransmissionId, MessageUuid, Summary.MessageId, rejection, now);
    }

    internal static Receipt Rejected(Guid transmissionId, Guid messageUuid, string? messageId, Rejection rejection, DateTimeOffset now) =>
        new(transmissionId, messageUuid, messageId, rejection.Status, rejection.Code, rejection.Message, ToMilliseconds(now));

    /// <summary>Every database keeps milliseconds; a finer time would come back changed, and the receipt with it.</summary>
    internal static DateTimeOffset ToMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private void ThrowIfDecided()
    {
        if (IsDecided)
            throw new InvalidOperationException($"Message {MessageUuid} is decided ({State}) and stays so.");
    }
}

/// <summary>Where a message stands.</summary>
public enum MessageState
{
    /// <summary>Kept, and not decided: whoever sent it has been told to send again.</summary>
    Received,

    /// <summary>Kept, and not decided: whoever sent it has been told that it is taken, and the fagsystem is asked again.</summary>
    Held,

    /// <summary>The fagsystem took it; final.</summary>
    Accepted,

    /// <summary>Rejected; final.</summary>
    Rejected,
}
