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
        using var reader = await OpenAsync(recording, charset, cancellationToken);
        var parser = new MemoParser(reader, schemas, staged, cancellationToken, recording);
        try
        {
            await parser.ParseAsync();
            await recording.DrainAsync(cancellationToken);
        }
        catch (XmlException exception)
        {
            return new MemoReading.NotAMessage(NotAMessageReason.NotXml, exception.LineNumber, exception.LinePosition);
        }
        catch (DecoderFallbackException)
        {
            return new MemoReading.NotAMessage(NotAMessageReason.NotXml, parser.Line, parser.Column);
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
            Rejection = rejection,
        };
        return new MemoReading.Message(memo, staged);
    }

    /// <summary>
    /// A byte order mark tells the encoding before all, then the charset of the Content-Type, then the XML declaration
    /// (RFC 7303, 3). The XML reader heeds the declaration in a stream, and none in text.
    /// </summary>
    private static async Task<XmlReader> OpenAsync(RecordingStream body, Encoding? charset, CancellationToken cancellationToken)
    {
        if (await body.StartsWithByteOrderMarkAsync(cancellationToken) || charset is null)
            return XmlReader.Create(body, Settings);
        var strict = Encoding.GetEncoding(charset.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return XmlReader.Create(new StreamReader(body, strict, detectEncodingFromByteOrderMarks: false, bufferSize: 65_536, leaveOpen: true), Settings);
    }

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
