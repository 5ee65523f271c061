using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Messages;

/// <summary>
/// The few fields by which people find a message in a list. They are taken from whatever could be read, so that a
/// rejected message can be found too; null where they could not be read.
/// </summary>
public sealed record MessageSummary(
    string? MessageId,
    string? MessageType,
    string? SenderId,
    string? SenderLabel,
    string? RecipientId,
    string? ContactPointId,
    string? Label)
{
    /// <summary>The longest text that is kept of a field, in characters: MeMo's own bound.</summary>
    public const int MaxLength = 256;

    private const string Memo = "https://DigitalPost.dk/MeMo-1";
    private const string Kle = "http://kle-online.dk/";

    /// <summary>The title as it is looked for: letter case aside, also that of æ, ø and å.</summary>
    public string? FoldedLabel { get; private init; } = Label is null ? null : Fold(Label);

    /// <summary>By which its sender's messages are found; null while it is not kept, and where there is no sender. It tells nobody who that is.</summary>
    public string? SenderKey { get; private init; }

    /// <summary>The KLE subject of what it is about.</summary>
    public string? KleSubject { get; init; }

    /// <summary>The id of the case that it is about, or that the letter was about which it is a reply to.</summary>
    public string? CaseId { get; init; }

    /// <summary>A text without its letter case.</summary>
    public static string Fold(string text) => text.ToUpperInvariant();

    /// <summary>Takes the fields from a message's root element.</summary>
    public static MessageSummary Of(MemoElement message)
    {
        var header = message.Child(Memo, "MessageHeader");
        var sender = header?.Child(Memo, "Sender");
        var recipient = header?.Child(Memo, "Recipient");
        var content = header?.Child(Memo, "ContentData");
        return new MessageSummary(
            Text(header, "messageID"),
            Text(header, "messageType"),
            Text(sender, "senderID"),
            Text(sender, "label"),
            Text(recipient, "recipientID"),
            Text(recipient?.Child(Memo, "ContactPoint"), "contactPointID"),
            Text(header, "label"))
        {
            KleSubject = Text(content?.Child(Kle, "KLEdata"), Kle, "subjectKey"),
            CaseId = Text(content?.Child(Memo, "CaseID"), "caseID") ?? Text(header?.Child(Memo, "ReplyData"), "caseID"),
        };
    }

    /// <summary>As it is kept: the sender's id is found by its key, and of a CPR number in it the last four digits cannot be read.</summary>
    /// <param name="keyOf">What an id is looked for by; null while that cannot be said.</param>
    public MessageSummary WithSenderKey(Func<string, string?> keyOf) =>
        SenderId is { } id && SenderKey is null ? this with { SenderKey = keyOf(id), SenderId = CprText.Mask(id) } : this;

    /// <summary>The type's name only: the fields are personal data.</summary>
    public override string ToString() => nameof(MessageSummary);

    private static string? Text(MemoElement? parent, string name) => Text(parent, Memo, name);

    private static string? Text(MemoElement? parent, string @namespace, string name) =>
        parent?.Child(@namespace, name)?.Text is { } text ? Cut(text) : null;

    // A character may have two UTF-16 units, and half of it is none.
    private static string Cut(string text) =>
        text.Length <= MaxLength ? text : text[..text.EnumerateRunes().Take(MaxLength).Sum(character => character.Utf16SequenceLength)];
}
