using System.Text;
using System.Xml;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Memo;
using PostModtag.Application.Storage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Memo;

/// <summary>Reads a body once: its bytes to the content store as they are, its XML to the <see cref="MemoParser"/>.</summary>
internal sealed class MemoReader(MemoSchemas schemas, IContentStore contents, IOptions<PostModtagOptions> options) : IMemoReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = true,
        CloseInput = false,
    };

    /// <inheritdoc />
    public async Task<MemoReading> ReadAsync(Stream body, Encoding? charset, CancellationToken cancellationToken)
    {
        var staged = contents.Stage();
        try
        {
            var reading = await ReadAsync(body, charset, staged, cancellationToken);
            if (reading is MemoReading.NotAMessage)
                await staged.DisposeAsync();
            return reading;
        }
        catch
        {
            await staged.DisposeAsync();
            throw;
        }
    }

    private async Task<MemoReading> ReadAsync(Stream body, Encoding? charset, IStagedContents staged, CancellationToken cancellationToken)
    {
        var xml = staged.Add();
        await using var recording = new RecordingStream(body, xml, options.Value.MaxMessageBytes);
        using var text = await OpenAsync(recording, charset, cancellationToken);
        if (text is null)
            return new MemoReading.NotAMessage(NotAMessageReason.NotXml, 1, 1);
        using var reader = XmlReader.Create(text, Settings);
        var parser = new MemoParser(reader, schemas, staged, cancellationToken, recording, text);
        try
        {
            await parser.ParseAsync();
            await recording.DrainAsync(cancellationToken);
        }
        catch (XmlException exception)
        {
            return NoXml(exception, text);
        }
        catch (BodyTooLargeException)
        {
            return new MemoReading.NotAMessage(NotAMessageReason.TooLarge, 0, 0);
        }

        if (MessageUuid(parser.Root) is not { } messageUuid)
            return new MemoReading.NotAMessage(NotAMessageReason.MessageUuidMissing, parser.Root is null ? parser.Line : 0, parser.Root is null ? parser.Column : 0);

        var rejection = Rejection(parser);
        if (rejection is not null)
            parser.DiscardFiles();
        var memo = new ReceivedMemo
        {
            MessageUuid = messageUuid,
            Xml = await xml.CompleteAsync(cancellationToken),
            MemoVersion = parser.Version,
            Summary = MessageSummary.Of(parser.Root!),
            Memo = rejection is null ? MemoMessage.From(parser.Root!) : null,
            Root = parser.Root,
            Rejection = rejection,
        };
        return new MemoReading.Message(memo, staged);
    }

    /// <summary>The body as text; null when it declares an encoding that it is not written in.</summary>
    private static async Task<XmlTextFilter?> OpenAsync(RecordingStream body, Encoding? charset, CancellationToken cancellationToken)
    {
        var encoding = XmlEncoding.Of((await body.PeekAsync(XmlEncoding.Looked, cancellationToken)).Span, charset);
        return encoding is null ? null : new XmlTextFilter(new StreamReader(body, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 65_536, leaveOpen: true));
    }

    private static MemoReading.NotAMessage NoXml(XmlException exception, XmlTextFilter text) => text switch
    {
        { IsBlank: true } => new MemoReading.NotAMessage(NotAMessageReason.Empty, 0, 0),

        // Of all faults this one alone has no place.
        { DocumentType: { } place } when exception.LineNumber == 0 => new MemoReading.NotAMessage(NotAMessageReason.HasDocumentType, place.Line, place.Column),
        _ => new MemoReading.NotAMessage(
            NotAMessageReason.NotXml, exception.LineNumber, text.ColumnOf(exception.LineNumber, exception.LinePosition)),
    };

    private static Rejection? Rejection(MemoParser parser)
    {
        if (parser.LimitExceeded)
            return Domain.Messages.Rejection.For(ReceiptError.StructureLimitExceeded);
        if (parser.Version is null)
            return Domain.Messages.Rejection.For(ReceiptError.MemoVersionNotSupported, parser.Violations.Kept);
        return parser.Violations.IsEmpty ? null : Domain.Messages.Rejection.For(ReceiptError.SchemaViolation, parser.Violations.Kept);
    }

    /// <summary>The messageUUID wherever it stands in the header: a UUID, though perhaps not of the version MeMo demands.</summary>
    private static Guid? MessageUuid(MemoElement? message)
    {
        var text = message?.Child(MemoNamespaces.Memo, "MessageHeader")?.Child(MemoNamespaces.Memo, "messageUUID")?.Text;
        return Guid.TryParseExact(text?.Trim(), "D", out var uuid) ? uuid : null;
    }
}
