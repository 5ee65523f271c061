using System.Text;
using PostModtag.Application.Hosting;
using Microsoft.Extensions.Logging;
using PostModtag.Application.Memo;

namespace PostModtag.Infrastructure.Memo;

/// <summary>
/// Reads made-up messages before the first true one may come: until the reader is compiled it takes a large one several times as
/// long. Nothing of them is kept, and the server starts without it where it fails.
/// </summary>
internal sealed partial class ReaderWarmUp(IMemoReader reader, ILogger<ReaderWarmUp> log) : StartingService
{
    private const int SmallFile = 20_000;
    private const int LargeFile = 3_000_000;

    // The compiler takes a method up that was called thirty times.
    private const int Times = 40;

    // The code is the process's, however many servers it has.
    private static readonly Lock Gate = new();
    private static bool _isWarm;

    /// <inheritdoc />
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (_isWarm)
                return;
            _isWarm = true;
        }

        try
        {
            await ReadAsync(reader, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotWarm(log, exception.GetType().Name);
        }
    }

    /// <summary>Reads small ones and large ones, in both ways that there are.</summary>
    internal static async Task ReadAsync(IMemoReader reader, CancellationToken cancellationToken)
    {
        foreach (var (bytes, times) in new[] { (SmallFile, Times), (LargeFile, 3) })
        {
            var content = Convert.ToBase64String(new byte[bytes]);

            // As it stands it is cut out; in a CDATA section the parser decodes it.
            foreach (var message in new[] { Message(content), Message($"<![CDATA[{content}]]>") })
            {
                for (var i = 0; i < times; i++)
                    await (await reader.ReadAsync(new MemoryStream(message, writable: false), null, cancellationToken)).DisposeAsync();
            }
        }
    }

    /// <summary>A message that the schema allows, of nobody.</summary>
    internal static byte[] Message(string content) => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <memo:Message xmlns:memo="https://DigitalPost.dk/MeMo-1" memoVersion="1.2">
          <memo:MessageHeader>
            <memo:messageType>DIGITALPOST</memo:messageType>
            <memo:messageUUID>00000000-0000-4000-8000-000000000000</memo:messageUUID>
            <memo:label>Opvarmning</memo:label>
            <memo:Sender><memo:senderID>00000000</memo:senderID><memo:idType>CVR</memo:idType><memo:label>Ingen</memo:label></memo:Sender>
            <memo:Recipient><memo:recipientID>00000000</memo:recipientID><memo:idType>CVR</memo:idType></memo:Recipient>
          </memo:MessageHeader>
          <memo:MessageBody>
            <memo:createdDateTime>2026-01-01T00:00:00Z</memo:createdDateTime>
            <memo:MainDocument>
              <memo:File>
                <memo:encodingFormat>application/pdf</memo:encodingFormat>
                <memo:filename>opvarmning.pdf</memo:filename>
                <memo:language>da</memo:language>
                <memo:content>{content}</memo:content>
              </memo:File>
            </memo:MainDocument>
          </memo:MessageBody>
        </memo:Message>
        """);

    [LoggerMessage(331, LogLevel.Warning, "The reader could not be warmed up: {Fault}. The first large messages take longer")]
    private static partial void NotWarm(ILogger log, string fault);
}
