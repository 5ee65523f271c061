using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Fuzz;

/// <summary>All that must hold of what the reader says of a body, whatever the body is.</summary>
internal sealed class ReaderCheck(FuzzedReader inMemory, FuzzedReader inFiles)
{
    // What no encoding has stands as a character that XML does not have, as in the reader.
    private static readonly Encoding Utf8 = Encoding.GetEncoding(Encoding.UTF8.CodePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFF"));
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: false);

    /// <summary>How many of the bodies were valid, rejected, and no messages: a run that has few of one kind says little.</summary>
    public (int Valid, int Rejected, int NoMessage) Answers { get; private set; }

    /// <summary>Whether the last body was a message, valid or not.</summary>
    public bool WasMessage { get; private set; }

    /// <summary>What is wrong with the reader's answers, in a sentence; null when nothing is.</summary>
    /// <param name="body">The body.</param>
    /// <param name="piece">How many bytes of it come at once.</param>
    public async Task<string?> FaultAsync(byte[] body, int piece)
    {
        try
        {
            return await AnswerFaultAsync(body, piece) ?? await WaysFaultAsync(body, piece)
                ?? (inMemory.HasLeftovers || inFiles.HasLeftovers ? "Something is left in incoming/." : null);
        }
        catch (Exception exception)
        {
            return $"The reader ended in {exception}";
        }
    }

    private async Task<string?> AnswerFaultAsync(byte[] body, int piece)
    {
        await using var reading = await inMemory.Reader.ReadAsync(new Pieces(body, piece), null, CancellationToken.None);
        Count(reading);
        var plain = PlainText.Of(body);
        return VerdictFault(plain, reading) ?? reading switch
        {
            MemoReading.Message { Memo: { Rejection: { } rejection } memo } => Quotation.FaultOf(plain!, rejection) ?? PlainReading.XmlFault(body, memo),
            MemoReading.Message { Memo: var memo } => PlainReading.FaultOf(body, plain!, memo),
            _ => null,
        };
    }

    /// <summary>The verdict is .NET's, but for what docs/decisions/0002 says.</summary>
    private static string? VerdictFault(byte[]? plain, MemoReading reading)
    {
        var expected = plain is null ? ReferenceVerdict.NotXml : ReferenceReader.Judge(plain);
        return IsAsExpected(plain ?? [], reading, expected) ? null : $"{Described(reading)}, and to .NET it is {expected}.";
    }

    private void Count(MemoReading reading)
    {
        WasMessage = reading is MemoReading.Message;
        Answers = reading switch
        {
            MemoReading.Message { Memo.Rejection: null } => Answers with { Valid = Answers.Valid + 1 },
            MemoReading.Message => Answers with { Rejected = Answers.Rejected + 1 },
            _ => Answers with { NoMessage = Answers.NoMessage + 1 },
        };
    }

    private static bool IsAsExpected(byte[] plain, MemoReading reading, ReferenceVerdict expected) => reading switch
    {
        // It is read no further than to a root that is not Message, and .NET reads it to its end.
        MemoReading.NotAMessage { Reason: NotAMessageReason.MessageUuidMissing } => expected != ReferenceVerdict.Valid,
        MemoReading.NotAMessage => expected == ReferenceVerdict.NotXml,

        // .NET counts a character outside the basic plane as two.
        MemoReading.Message { Memo.Rejection: null } => expected == ReferenceVerdict.Valid || ReferenceReader.Judge(PlainReading.InOneUnitEach(plain)) == ReferenceVerdict.Valid,

        // The limits are ours, and so is how much of a text is looked at.
        MemoReading.Message { Memo.Rejection: { } rejection } =>
            rejection.Code == ReceiptError.StructureLimitExceeded.Code || expected == ReferenceVerdict.Invalid || (expected == ReferenceVerdict.Valid && PlainReading.HasLongText(plain)),
        _ => false,
    };

    private static string Described(MemoReading reading) => reading switch
    {
        MemoReading.NotAMessage none => $"It is no message ({none.Reason} at {none.Line}, {none.Column})",
        MemoReading.Message { Memo.Rejection: { } rejection } => $"It is rejected ({rejection.Message})",
        _ => "It is valid",
    };

    /// <summary>In UTF-8 contents are cut out first, in UTF-16 they never are: both ways come to the same, and wherever the body is cut in pieces.</summary>
    private async Task<string?> WaysFaultAsync(byte[] body, int piece)
    {
        var text = Utf8.GetString(body).TrimStart('\uFEFF');
        var cut = await DescribeAsync(inMemory, Encoding.UTF8.GetBytes(text), Encoding.UTF8, piece);

        // Files cost most of the time here, so not every body's contents go there.
        var whole = await DescribeAsync(body.Length % 8 == 0 ? inFiles : inMemory, Utf16.GetBytes(text), Utf16, int.MaxValue);
        return cut == whole ? null : $"Cut, it is:\n{cut}\nand whole:\n{whole}";
    }

    private static async Task<string> DescribeAsync(FuzzedReader reader, byte[] body, Encoding charset, int piece)
    {
        await using var reading = await reader.Reader.ReadAsync(new Pieces(body, piece), charset, CancellationToken.None);
        return ReadingText.Of(reading);
    }
}
