using System.Globalization;
using System.Text;

namespace PostModtag.Testing;

/// <summary>
/// A MeMo 1.2 message made to measure. The persons are invented: the CPR numbers have the month 13 and can belong to nobody.
/// </summary>
public sealed class TestMemo
{
    public const string Namespace = "https://DigitalPost.dk/MeMo-1";

    public string MemoVersion { get; set; } = "1.2";

    public string MessageUuid { get; set; } = Guid.NewGuid().ToString();

    public string MessageType { get; set; } = "DIGITALPOST";

    public string Label { get; set; } = "Ansøgning";

    public string SenderId { get; set; } = "0113701234";

    public string SenderIdType { get; set; } = "CPR";

    public string SenderLabel { get; set; } = "Ida Opdigtet";

    public string RecipientId { get; set; } = "90000001";

    public string RecipientIdType { get; set; } = "CVR";

    public string? ContactPointId { get; set; }

    /// <summary>The files: name, MIME type and decoded content. The first is the main document's.</summary>
    public IList<(string Name, string Type, byte[] Content)> Files { get; } = [("brev.txt", "text/plain", "Kære kommune"u8.ToArray())];

    /// <summary>XML put in just before the end of the header, where the schema may or may not allow it.</summary>
    public string ExtraHeader { get; set; } = "";

    public bool HasBody { get; set; } = true;

    /// <summary>How the body is encoded. From UTF-16 files are decoded when it is read, and kept by themselves; from UTF-8 when they are asked for.</summary>
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public Guid Uuid => Guid.Parse(MessageUuid);

    public byte[] ToBytes() => [.. Encoding.GetPreamble(), .. Encoding.GetBytes(ToString())];

    public override string ToString()
    {
        var xml = new StringBuilder();
        xml.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="{Encoding.WebName}"?>
            <memo:Message xmlns:memo="{Namespace}" memoVersion="{MemoVersion}">
              <memo:MessageHeader>
                <memo:messageType>{MessageType}</memo:messageType>
                <memo:messageUUID>{MessageUuid}</memo:messageUUID>
                <memo:label>{Label}</memo:label>
                <memo:Sender>
                  <memo:senderID>{SenderId}</memo:senderID>
                  <memo:idType>{SenderIdType}</memo:idType>
                  <memo:label>{SenderLabel}</memo:label>
                </memo:Sender>
                <memo:Recipient>
                  <memo:recipientID>{RecipientId}</memo:recipientID>
                  <memo:idType>{RecipientIdType}</memo:idType>
            """);
        if (ContactPointId is not null)
            xml.Append(CultureInfo.InvariantCulture, $"<memo:ContactPoint><memo:contactPointID>{ContactPointId}</memo:contactPointID></memo:ContactPoint>");
        xml.Append(CultureInfo.InvariantCulture, $"</memo:Recipient>{ExtraHeader}</memo:MessageHeader>");
        if (HasBody)
        {
            xml.Append("<memo:MessageBody><memo:createdDateTime>2026-11-23T10:15:30Z</memo:createdDateTime>");
            for (var i = 0; i < Files.Count; i++)
            {
                var document = i == 0 ? "MainDocument" : "AdditionalDocument";
                var (name, type, content) = Files[i];
                xml.Append(CultureInfo.InvariantCulture, $"""
                    <memo:{document}><memo:File><memo:encodingFormat>{type}</memo:encodingFormat><memo:filename>{name}</memo:filename>
                    <memo:language>da</memo:language><memo:content>{Convert.ToBase64String(content)}</memo:content></memo:File></memo:{document}>
                    """);
            }

            xml.Append("</memo:MessageBody>");
        }

        return xml.Append("</memo:Message>").ToString();
    }
}
