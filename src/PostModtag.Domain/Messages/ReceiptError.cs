namespace PostModtag.Domain.Messages;

/// <summary>
/// Why a message is rejected: the closed list of receipt error codes in <c>api-spec/postmodtag.openapi.yaml</c>, with
/// their texts. A test holds this list and the contract's equal.
/// </summary>
public sealed class ReceiptError
{
    private ReceiptError(string code, ReceiptStatus status, string danish, string english)
    {
        Code = code;
        Status = status;
        Text = new BilingualText(danish, english);
    }

    /// <summary>The MeMo version is none that there is a schema for.</summary>
    public static ReceiptError MemoVersionNotSupported { get; } = new("MEMO_VERSION_NOT_SUPPORTED", ReceiptStatus.Invalid,
        "MeMo-versionen understøttes ikke.", "The MeMo version is not supported.");

    /// <summary>The message breaks the schema of its version.</summary>
    public static ReceiptError SchemaViolation { get; } = new("SCHEMA_VIOLATION", ReceiptStatus.Invalid,
        "Meddelelsen følger ikke MeMo-skemaet.", "The message does not follow the MeMo schema.");

    /// <summary>The message is deeper, or has more elements, than the server takes.</summary>
    public static ReceiptError StructureLimitExceeded { get; } = new("STRUCTURE_LIMIT_EXCEEDED", ReceiptStatus.Invalid,
        "Meddelelsen er dybere eller har flere elementer, end serveren tager imod.", "The message is deeper or has more elements than this server takes.");

    /// <summary>senderID, or the representative's id, is no CPR or CVR number although its idType says so.</summary>
    public static ReceiptError SenderIdInvalid { get; } = new("SENDER_ID_INVALID", ReceiptStatus.Invalid,
        "Afsenderens id har ikke den form, som idType kræver.", "The sender's id does not have the form that its idType demands.");

    /// <summary>recipientID is no CPR or CVR number although its idType says so.</summary>
    public static ReceiptError RecipientIdInvalid { get; } = new("RECIPIENT_ID_INVALID", ReceiptStatus.Invalid,
        "Modtagerens id har ikke den form, som idType kræver.", "The recipient's id does not have the form that its idType demands.");

    /// <summary>A DIGITALPOST message without a MessageBody.</summary>
    public static ReceiptError BodyMissing { get; } = new("BODY_MISSING", ReceiptStatus.Invalid,
        "En DIGITALPOST-meddelelse skal have et indhold (MessageBody).", "A DIGITALPOST message must have a body (MessageBody).");

    /// <summary>A file name with path parts or control characters.</summary>
    public static ReceiptError FileNameNotAllowed { get; } = new("FILE_NAME_NOT_ALLOWED", ReceiptStatus.Invalid,
        "Et filnavn indeholder sti eller styretegn.", "A file name contains path parts or control characters.");

    /// <summary>A file whose declared type is not among those allowed.</summary>
    public static ReceiptError FileTypeNotAllowed { get; } = new("FILE_TYPE_NOT_ALLOWED", ReceiptStatus.Invalid,
        "En fils type er ikke blandt de tilladte.", "The type of a file is not among those allowed.");

    /// <summary>The recipient is no authority that the server receives for.</summary>
    public static ReceiptError RecipientNotServed { get; } = new("RECIPIENT_NOT_SERVED", ReceiptStatus.NotAllowed,
        "Modtageren er ikke en myndighed, som serveren modtager for.", "The recipient is not an authority that this server receives for.");

    /// <summary>No distribution rule of the recipient takes the message, and the recipient has such messages rejected.</summary>
    public static ReceiptError NoRuleMatched { get; } = new("NO_RULE_MATCHED", ReceiptStatus.NotAllowed,
        "Ingen af modtagerens distributionsregler tager meddelelsen.", "None of the recipient's distribution rules takes the message.");

    /// <summary>The messageUUID has been used for a message with other content.</summary>
    public static ReceiptError MessageUuidReused { get; } = new("MESSAGE_UUID_REUSED", ReceiptStatus.NotAllowed,
        "messageUUID er allerede brugt til en anden meddelelse.", "The messageUUID has been used for another message.");

    /// <summary>The fagsystem rejected the message; its status may also be INVALID, as the fagsystem says.</summary>
    public static ReceiptError RejectedByFagsystem { get; } = new("REJECTED_BY_FAGSYSTEM", ReceiptStatus.NotAllowed,
        "Fagsystemet har afvist meddelelsen.", "The fagsystem has rejected the message.");

    /// <summary>A person of the authority has rejected the message, which its fagsystem could not decide.</summary>
    public static ReceiptError RejectedByAuthority { get; } = new("REJECTED_BY_AUTHORITY", ReceiptStatus.NotAllowed,
        "Modtageren har afvist meddelelsen.", "The recipient has rejected the message.");

    /// <summary>The closed list, in the order of the contract.</summary>
    public static IReadOnlyList<ReceiptError> All { get; } =
    [
        MemoVersionNotSupported, SchemaViolation, StructureLimitExceeded, SenderIdInvalid, RecipientIdInvalid, BodyMissing,
        FileNameNotAllowed, FileTypeNotAllowed, RecipientNotServed, NoRuleMatched, MessageUuidReused, RejectedByFagsystem, RejectedByAuthority,
    ];

    /// <summary>The errorCode in the receipt.</summary>
    public string Code { get; }

    /// <summary>The receiptStatus that goes with it.</summary>
    public ReceiptStatus Status { get; }

    /// <summary>What it means to the sender.</summary>
    public BilingualText Text { get; }

    /// <summary>The error with that code. Throws <see cref="ArgumentException"/> for a code that is not in the list.</summary>
    public static ReceiptError Of(string code) =>
        All.FirstOrDefault(error => error.Code == code) ?? throw new ArgumentException($"There is no receipt error code {code}.", nameof(code));

    /// <inheritdoc />
    public override string ToString() => Code;
}
