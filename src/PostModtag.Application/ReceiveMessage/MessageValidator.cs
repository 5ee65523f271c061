using FluentValidation;
using Microsoft.Extensions.Options;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>What the schema cannot say. (The size is checked while the body is read, before it is kept.)</summary>
internal sealed class MessageValidator : AbstractValidator<MemoMessage>
{
    private const string Header = "/memo:Message/memo:MessageHeader";

    /// <summary>The rules, with the server's settings.</summary>
    public MessageValidator(IOptions<PostModtagOptions> options)
    {
        var fileTypes = new FileTypes(options.Value.AllowedFileTypes ?? FileTypes.Default);
        var served = options.Value.ServedAuthorities;

        RuleFor(message => message.MessageHeader.Sender)
            .Must(sender => HasFormOf(sender.IdType, sender.SenderID))
            .Reports(ReceiptError.SenderIdInvalid, $"{Header}/memo:Sender/memo:senderID", PartyId);

        RuleFor(message => message.MessageHeader.Sender.Representative)
            .Must(representative => representative is not { IdType: { } idType, RepresentativeID: { } id } || HasFormOf(idType, id))
            .Reports(ReceiptError.SenderIdInvalid, $"{Header}/memo:Sender/memo:Representative/memo:representativeID", PartyId);

        RuleFor(message => message.MessageHeader.Recipient)
            .Must(recipient => HasFormOf(recipient.IdType, recipient.RecipientID))
            .Reports(ReceiptError.RecipientIdInvalid, $"{Header}/memo:Recipient/memo:recipientID", PartyId);

        RuleFor(message => message.MessageBody)
            .Must((message, body) => body is not null || message.MessageHeader.MessageType != "DIGITALPOST")
            .Reports(ReceiptError.BodyMissing, "/memo:Message", new BilingualText(
                "forventede en memo:MessageBody, da messageType er DIGITALPOST", "expected a memo:MessageBody, since messageType is DIGITALPOST"));

        RuleForEach(message => message.Files())
            .Must(file => FileNames.IsAllowed(file.File.Filename))
            .Reports(ReceiptError.FileNameNotAllowed, (MemoFileInDocument file) => $"{file.XPath}/memo:filename", new BilingualText(
                "forventede et filnavn uden sti og styretegn", "expected a file name without path parts and control characters"));

        RuleForEach(message => message.Files())
            .Must(file => fileTypes.Allows(file.File.EncodingFormat))
            .Reports(ReceiptError.FileTypeNotAllowed, (MemoFileInDocument file) => $"{file.XPath}/memo:encodingFormat", new BilingualText(
                "forventede en af de tilladte MIME-typer", "expected one of the MIME types that are allowed"));

        RuleFor(message => message.MessageHeader.Recipient)
            .Must(recipient => served.Count == 0 || (IsCvr(recipient.IdType) && served.Contains(recipient.RecipientID)))
            .Reports(ReceiptError.RecipientNotServed, $"{Header}/memo:Recipient/memo:recipientID", new BilingualText(
                "forventede CVR-nummeret på en myndighed, som serveren modtager for", "expected the CVR number of an authority that this server receives for"));
    }

    private static BilingualText PartyId { get; } = new(
        "forventede 10 cifre ved idType CPR og 8 cifre ved idType CVR", "expected 10 digits with idType CPR and 8 digits with idType CVR");

    private static bool HasFormOf(string idType, string id) =>
        IsCpr(idType) ? IsDigits(id, 10) : !IsCvr(idType) || IsDigits(id, 8);

    private static bool IsCpr(string idType) => idType.Equals("CPR", StringComparison.OrdinalIgnoreCase);

    private static bool IsCvr(string idType) => idType.Equals("CVR", StringComparison.OrdinalIgnoreCase);

    private static bool IsDigits(string id, int count) => id.Length == count && id.All(char.IsAsciiDigit);
}
