using System.Globalization;
using System.Text;

namespace PostModtag.Conformance.Messages;

/// <summary>A letter of a citizen that there is not, about nothing, as large as it is to be.</summary>
public static class Letter
{
    // Three bytes of a file are four of Base64.
    private const int BytesOfText = 3;
    private const int BytesOfBase64 = 4;

    /// <summary>The smallest that there is, in bytes, about.</summary>
    public const int Smallest = 1_200;

    /// <summary>Its bytes, in UTF-8.</summary>
    /// <param name="messageUuid">Its messageUUID.</param>
    /// <param name="recipient">The CVR number of the authority that it is to.</param>
    /// <param name="bytes">How large its XML is to be; it has as many, or up to three fewer.</param>
    /// <param name="label">Its title.</param>
    public static byte[] Of(Guid messageUuid, string recipient, int bytes = Smallest, string label = "Prøve")
    {
        var frame = Write(messageUuid, recipient, label, "");
        var file = new byte[Math.Max(1, (bytes - Encoding.UTF8.GetByteCount(frame)) / BytesOfBase64 * BytesOfText)];
        Array.Fill(file, (byte)'.');
        return Encoding.UTF8.GetBytes(Write(messageUuid, recipient, label, Convert.ToBase64String(file)));
    }

    private static string Write(Guid messageUuid, string recipient, string label, string content) => string.Create(CultureInfo.InvariantCulture, $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <memo:Message xmlns:memo="https://DigitalPost.dk/MeMo-1" memoVersion="1.2">
          <memo:MessageHeader>
            <memo:messageType>DIGITALPOST</memo:messageType>
            <memo:messageUUID>{messageUuid}</memo:messageUUID>
            <memo:label>{label}</memo:label>
            <memo:Sender>
              <memo:senderID>0113701234</memo:senderID>
              <memo:idType>CPR</memo:idType>
              <memo:label>Ida Opdigtet</memo:label>
            </memo:Sender>
            <memo:Recipient>
              <memo:recipientID>{recipient}</memo:recipientID>
              <memo:idType>CVR</memo:idType>
            </memo:Recipient>
          </memo:MessageHeader>
          <memo:MessageBody>
            <memo:createdDateTime>2026-01-02T03:04:05Z</memo:createdDateTime>
            <memo:MainDocument>
              <memo:File>
                <memo:encodingFormat>text/plain</memo:encodingFormat>
                <memo:filename>proeve.txt</memo:filename>
                <memo:language>da</memo:language>
                <memo:content>{content}</memo:content>
              </memo:File>
            </memo:MainDocument>
          </memo:MessageBody>
        </memo:Message>
        """);
}
