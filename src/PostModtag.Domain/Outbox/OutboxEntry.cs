using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Outbox;

/// <summary>
/// What is still to be told of a message that is decided: its final receipt to Digital Post, or a copy of it to a further
/// fagsystem. It is made in the transaction that decides the message, and whatever becomes of it changes nothing of the receipt.
/// </summary>
public sealed class OutboxEntry
{
    /// <summary>The most characters of an answer's text that are kept.</summary>
    public const int MaxAnswerText = 1000;

    /// <summary>The most characters of an answer's code that are kept.</summary>
    public const int MaxAnswerCode = 64;

    private OutboxEntry()
    {
    }

    /// <summary>The order in which messages were decided; given by the store.</summary>
    public long Id { get; private set; }

    /// <summary>The message.</summary>
    public Guid MessageUuid { get; private set; }

    /// <summary>The key of the fagsystem that gets a copy; null for the receipt to Digital Post.</summary>
    public string? Fagsystem { get; private set; }

    /// <summary>What is told.</summary>
    public OutboxKind Kind => Fagsystem is null ? OutboxKind.Receipt : OutboxKind.Copy;

    /// <summary>When the message was decided, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Where it stands.</summary>
    public OutboxState State { get; private set; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; private set; }

    /// <summary>Since when it is tried, UTC: since the message was decided, or since a person last had it sent again.</summary>
    public DateTimeOffset TryingSince { get; private set; }

    /// <summary>When it is sent next, UTC, where it waits.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>When it was taken, refused or given up, UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why it was not taken the last time; null where it was, or where the answer was a receipt that rejects.</summary>
    public UndecidedReason? Reason { get; private set; }

    /// <summary>The HTTP status of the last answer; null where there was none, or a receipt.</summary>
    public int? HttpStatus { get; private set; }

    /// <summary>The code in the last answer, where there was one.</summary>
    public string? AnswerCode { get; private set; }

    /// <summary>The text in the last answer, where there was one.</summary>
    public string? AnswerText { get; private set; }

    /// <summary>Grows with each change that is kept; two that change it at once find out.</summary>
    public long Revision { get; private set; } = 1;

    /// <summary>The receipt of a message that has just been decided, for Digital Post. Throws <see cref="InvalidOperationException"/> for one that is not.</summary>
    public static OutboxEntry ReceiptOf(Message message) => Of(message, null);

    /// <summary>A copy of a message that has just been decided, for a further fagsystem. Throws <see cref="InvalidOperationException"/> for one that is not.</summary>
    public static OutboxEntry CopyOf(Message message, string fagsystem) => Of(message, fagsystem);

    /// <summary>Keeps what came of sending it. One that does not wait stays as it is: <see cref="InvalidOperationException"/>.</summary>
    /// <param name="outcome">What came.</param>
    /// <param name="now">The time.</param>
    /// <param name="next">When it is sent again, should it have to be; null to give it up.</param>
    public void Record(OutboxOutcome outcome, DateTimeOffset now, DateTimeOffset? next)
    {
        if (State != OutboxState.Waiting)
            throw new InvalidOperationException($"What is to be told of message {MessageUuid} does not wait.");
        Attempts++;
        (Reason, HttpStatus) = (outcome.Reason, outcome.HttpStatus);
        (AnswerCode, AnswerText) = (Keepable(outcome.AnswerCode, MaxAnswerCode), Keepable(outcome.AnswerText, MaxAnswerText));
        State = outcome.Ending ?? (next is null ? OutboxState.GivenUp : OutboxState.Waiting);
        if (State == OutboxState.Waiting)
            NextAttemptAt = Message.ToMilliseconds(next!.Value);
        else
            EndedAt = Message.ToMilliseconds(now);
    }

    /// <summary>A person has one sent now that was refused or given up, or that waits for its time. Throws <see cref="InvalidOperationException"/> for one that was taken.</summary>
    public void TryAgain(DateTimeOffset now)
    {
        if (State == OutboxState.Taken)
            throw new InvalidOperationException($"What is to be told of message {MessageUuid} was taken, and is told once.");
        (State, NextAttemptAt, EndedAt) = (OutboxState.Waiting, Message.ToMilliseconds(now), null);
        TryingSince = NextAttemptAt;
    }

    private static OutboxEntry Of(Message message, string? fagsystem)
    {
        var receipt = message.Receipt ?? throw new InvalidOperationException($"Message {message.MessageUuid} is not decided: there is nothing to tell.");
        return new OutboxEntry { MessageUuid = message.MessageUuid, Fagsystem = fagsystem, CreatedAt = receipt.TimeStamp, TryingSince = receipt.TimeStamp, NextAttemptAt = receipt.TimeStamp };
    }

    private static string? Keepable(string? text, int length) => text is null ? null : ReceiptText.Writable(text, length);
}

/// <summary>What is told of a message.</summary>
public enum OutboxKind
{
    /// <summary>Its final receipt, to Digital Post.</summary>
    Receipt,

    /// <summary>The message itself, to a further fagsystem.</summary>
    Copy,
}

/// <summary>Where it stands.</summary>
public enum OutboxState
{
    /// <summary>It is to be sent, perhaps again.</summary>
    Waiting,

    /// <summary>Who was to have it has taken it.</summary>
    Taken,

    /// <summary>Who was to have it does not take it: a person looks at it.</summary>
    Refused,

    /// <summary>It has been tried as long as it was to be: a person looks at it.</summary>
    GivenUp,
}

/// <summary>What came of sending it.</summary>
/// <param name="Ending">The state that it ends in; null where it is to be sent again.</param>
/// <param name="Reason">Why it was not taken, but for a receipt that rejects.</param>
/// <param name="HttpStatus">The HTTP status, where there was one.</param>
/// <param name="AnswerCode">The code in the answer, where there was one.</param>
/// <param name="AnswerText">The text in the answer, where there was one.</param>
/// <param name="RetryAfter">How long the other side asked to be left alone, where it did.</param>
public sealed record OutboxOutcome(
    OutboxState? Ending, UndecidedReason? Reason = null, int? HttpStatus = null, string? AnswerCode = null, string? AnswerText = null, TimeSpan? RetryAfter = null)
{
    /// <summary>What a fagsystem's answer to a copy comes to. One that has taken it and not finished (<c>RECEIVED</c>) has it: nobody waits for more.</summary>
    public static OutboxOutcome Of(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Rejected { Rejection: var rejection } => new OutboxOutcome(OutboxState.Refused, null, null, rejection.Code, rejection.Message),
        DeliveryOutcome.Undecided { Reason: UndecidedReason.NotTaken } undecided => new OutboxOutcome(OutboxState.Refused, undecided.Reason, undecided.HttpStatus),
        DeliveryOutcome.Undecided undecided => new OutboxOutcome(null, undecided.Reason, undecided.HttpStatus, RetryAfter: undecided.RetryAfter),
        _ => new OutboxOutcome(OutboxState.Taken),
    };
}
