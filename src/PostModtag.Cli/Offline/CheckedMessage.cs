using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Memo;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Cli.Offline;

/// <summary>What EP_FS1 would say of a message before its fagsystem is asked.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Verdict">Whether it would go on to its fagsystem.</param>
/// <param name="Code">The receipt's errorCode, or why it is no message; null where it is valid.</param>
/// <param name="MemoVersion">The version that it was checked by; null where it names none that there is.</param>
/// <param name="Files">How many files there are in it.</param>
/// <param name="Violations">What is wrong, in the order of the message.</param>
internal sealed record CheckedMessage(string File, CheckVerdict Verdict, string? Code, string? MemoVersion, int Files, IReadOnlyList<CheckedPlace> Violations)
{
    /// <summary>The message, where it is valid; it is not printed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public MemoMessage? Memo { get; private init; }

    /// <summary>The size of its XML, in bytes.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Size { get; private init; }

    /// <summary>Its messageUUID; null where it is no message.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid? MessageUuid { get; private init; }

    /// <summary>Reads and checks one file.</summary>
    /// <param name="parts">The reader and the checks.</param>
    /// <param name="file">The file's path; <c>-</c> for standard input.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<CheckedMessage> OfAsync(IServiceProvider parts, string file, CancellationToken cancellationToken)
    {
        await using var body = file == "-" ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 65_536, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var reading = await parts.GetRequiredService<IMemoReader>().ReadAsync(body, null, cancellationToken);
        if (reading is not MemoReading.Message message)
            return NoMessage(file, (MemoReading.NotAMessage)reading);
        var memo = message.Memo;
        var rejection = memo.Rejection ?? await parts.GetRequiredService<MessageChecks>().CheckAsync(memo);
        return new CheckedMessage(
            file, rejection is null ? CheckVerdict.Valid : CheckVerdict.Rejected, rejection?.Code, memo.MemoVersion, memo.Memo?.Files().Count() ?? 0,
            [.. (rejection?.Violations ?? []).Select(violation => new CheckedPlace(violation.XPath, violation.Line, violation.Column, violation.Expected.English, violation.Expected.Danish))])
        {
            Memo = rejection is null ? memo.Memo : null, Size = memo.Xml.Length, MessageUuid = memo.MessageUuid,
        };
    }

    private static CheckedMessage NoMessage(string file, MemoReading.NotAMessage reading) => new(
        file, CheckVerdict.NotAMessage, reading.Reason.ToString(), null, 0,
        [new CheckedPlace("/", reading.Line, reading.Column, Why(reading.Reason).English, Why(reading.Reason).Danish)]);

    private static BilingualText Why(NotAMessageReason reason) => reason switch
    {
        NotAMessageReason.Empty => new("forventede en meddelelse, og der er intet", "expected a message, and there is nothing"),
        NotAMessageReason.HasDocumentType => new("forventede ingen dokumenttype (DOCTYPE)", "expected no document type declaration (DOCTYPE)"),
        NotAMessageReason.MessageUuidMissing => new("forventede et UUID i MessageHeader/messageUUID", "expected a UUID in MessageHeader/messageUUID"),
        NotAMessageReason.TooLarge => new("forventede højst 99,5 MB", "expected at most 99.5 MB"),
        _ => new("forventede velformet XML i den tegnkodning, som det angiver", "expected well-formed XML in the encoding that it declares"),
    };
}

/// <summary>What would become of a message.</summary>
internal enum CheckVerdict
{
    /// <summary>It goes on to its fagsystem.</summary>
    Valid,

    /// <summary>It gets a receipt INVALID or NOT_ALLOWED.</summary>
    Rejected,

    /// <summary>It gets a 400 or 413, and no receipt.</summary>
    NotAMessage,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="XPath">Where.</param>
/// <param name="Line">The line, from 1; 0 where it has none.</param>
/// <param name="Column">The column, from 1; 0 where it has none.</param>
/// <param name="Expected">What was expected; it quotes nothing of the message.</param>
/// <param name="ExpectedDanish">The same in Danish, as the receipt has it.</param>
internal sealed record CheckedPlace(string XPath, int Line, int Column, string Expected, string ExpectedDanish);
