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
    private const int BufferBytes = 65_536;

    private static readonly XmlReaderSettings Settings = SettingsOf(isAsync: true);
    private static readonly XmlReaderSettings SettingsInMemory = SettingsOf(isAsync: false);

    private static XmlReaderSettings SettingsOf(bool isAsync) => new()
    {
        Async = isAsync,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,

        // The parser passes over them one by one. Told to ignore them, .NET's asynchronous reader calls itself to go on outside of the
        // root; with hostile bodies that has ended the stack once, and with it the process.
        IgnoreComments = false,
        IgnoreProcessingInstructions = false,
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
        var encoding = XmlEncoding.Of((await recording.PeekAsync(XmlEncoding.Looked, cancellationToken)).Span, charset);
        if (encoding is null)
            return new MemoReading.NotAMessage(NotAMessageReason.NotXml, 1, 1);
        try
        {
            var parser = encoding is UTF8Encoding ? await ParseCutAsync(recording, encoding, staged, cancellationToken) : null;
            if (parser is null)
            {
                await recording.RestartAsync(cancellationToken);
                recording.Allowance = new MarkupAllowance(MemoParser.MaxMarkupLength);
                using var text = Open(recording, encoding);
                using var reader = XmlReader.Create(text, Settings);
                parser = new MemoParser(reader, schemas, staged, cancellationToken, recording.Allowance, text);
                try
                {
                    await parser.ParseAsync();
                }
                catch (XmlException exception)
                {
                    return NoXml(exception, text);
                }
            }

            await recording.DrainAsync(cancellationToken);
            return await ReadingAsync(parser, xml, staged, cancellationToken);
        }
        catch (BodyTooLargeException)
        {
            return new MemoReading.NotAMessage(NotAMessageReason.TooLarge, 0, 0);
        }
    }

    /// <summary>
    /// Parses what is left when the files' contents are taken out, which is fast. Null, and nothing has come of it, unless the message
    /// is wholly right: what is wrong, and what is unusual, is for the one parser that sees all of it.
    /// </summary>
    private async Task<MemoParser?> ParseCutAsync(RecordingStream recording, Encoding encoding, IStagedContents staged, CancellationToken cancellationToken)
    {
        using var cutter = new ContentCutter(recording);
        MemoParser? parser = null;
        try
        {
            using var text = new TextInMemory((await cutter.CutAsync(cancellationToken)).Span, encoding);
            using var reader = XmlReader.Create(text, SettingsInMemory);
            parser = new MemoParser(reader, schemas, staged, cancellationToken, cutter: cutter);
            await parser.ParseAsync();
            if (cutter.IsSettled && !parser.LimitExceeded && parser.Version is not null && parser.Violations.IsEmpty)
                return parser;
        }
        catch (Exception exception) when (exception is XmlException or NotCuttableException)
        {
            // Whatever it is, the whole body shows it.
        }

        parser?.DiscardFiles();
        return null;
    }

    private static async Task<MemoReading> ReadingAsync(MemoParser parser, IContentWriter xml, IStagedContents staged, CancellationToken cancellationToken)
    {
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

    private static XmlTextFilter Open(Stream body, Encoding encoding) =>
        new(new StreamReader(body, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: BufferBytes, leaveOpen: true));

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
