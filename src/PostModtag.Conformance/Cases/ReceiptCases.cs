using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using PostModtag.Conformance.Http;

namespace PostModtag.Conformance.Cases;

/// <summary>Receipts, byte by byte.</summary>
internal static partial class ReceiptCases
{
    private static readonly string[] Properties = ["transmissionId", "messageUUID", "messageId", "errorCode", "errorMessage", "timeStamp", "receiptStatus"];

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("RECEIPT-01", "The receipt of an accepted message as JSON", "errorCode is null in JSON when the message is accepted; all seven properties are there, and no other.", Sources.Receipt, JsonOfAcceptedAsync),
        new("RECEIPT-02", "The receipt of a rejected message as JSON", "Why the message was rejected, with its text in Danish and, after a vertical bar, in English.", Sources.Receipt, JsonOfRejectedAsync),
        new("RECEIPT-03", "The receipt is about the message that was sent", "The message's own messageUUID, and its own messageID where it has one.", Sources.Receipt, NamesMessageAsync),
        new("RECEIPT-04", "When the receipt was made", "When the receipt was made, UTC.", Sources.Receipt, TimeAsync),
        new("RECEIPT-05", "The receipt of an accepted message as XML", "The receipt as XML, as receipt.xsd describes it; Fejl is absent when the message is accepted.", Sources.ReceiptXsd, XmlOfAcceptedAsync),
        new("RECEIPT-06", "The receipt of a rejected message as XML", "The receipt as XML, as receipt.xsd describes it; either Advis or Fejl, never both.", Sources.ReceiptXsd, XmlOfRejectedAsync),
        new("RECEIPT-07", "JSON and XML say the same", "The same message gets the same receipt; Accept picks XML or JSON.", Sources.Operation, SameInBothAsync),
        new("RECEIPT-08", "A receipt quotes nothing of the message", "It quotes no value of the message.", Sources.Receipt, QuotesNothingAsync),
    ];

    private static byte[] Wrong(Probe probe, Guid? uuid = null) => probe.Message(uuid, new string('x', 257));

    private static async Task JsonOfAcceptedAsync(Probe probe)
    {
        var answer = Probe.Accepted(await probe.PostAsync(probe.Message()), "a valid message");
        var root = JsonDocument.Parse(answer.Body).RootElement;
        Probe.Expect(answer.MediaType == "application/json", "a valid message with Accept: application/json", "application/json", answer);
        Probe.Expect(
            root.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal).SequenceEqual(Properties.Order(StringComparer.Ordinal)),
            "a valid message", $"an object of exactly {string.Join(", ", Properties)}", answer);
        Probe.Expect(
            root.GetProperty("errorCode").ValueKind == JsonValueKind.Null && root.GetProperty("errorMessage").ValueKind == JsonValueKind.Null, "a valid message", "errorCode and errorMessage null", answer);
    }

    private static async Task JsonOfRejectedAsync(Probe probe)
    {
        var answer = Probe.Rejected(await probe.PostAsync(Wrong(probe)), "a message whose label is too long", "INVALID", "SCHEMA_VIOLATION");
        Probe.Expect(answer.Property("errorMessage") is { } text && text.Split(" | ").Length == 2, "a message whose label is too long", "an errorMessage in Danish, a vertical bar, and English", answer);
    }

    private static async Task NamesMessageAsync(Probe probe)
    {
        var uuid = Guid.NewGuid();
        var bytes = Probe.Bytes(System.Text.Encoding.UTF8.GetString(probe.Message(uuid)).Replace("<memo:label>Prøve</memo:label>", "<memo:messageID>PROEVE-1</memo:messageID><memo:label>Prøve</memo:label>", StringComparison.Ordinal));
        var answer = Probe.Accepted(await probe.PostAsync(bytes), "a valid message with a messageID");
        Probe.Expect(
            Guid.TryParse(answer.Property("messageUUID"), out var named) && named == uuid && answer.Property("messageId") == "PROEVE-1" && Guid.TryParse(answer.Property("transmissionId"), out var transmission) && transmission != Guid.Empty,
            "a valid message with a messageID", "its messageUUID, its messageID, and a transmissionId", answer);
    }

    private static async Task TimeAsync(Probe probe)
    {
        var answer = Probe.Accepted(await probe.PostAsync(probe.Message()), "a valid message");
        Probe.Expect(
            answer.Property("timeStamp") is { } text && Utc().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) && (DateTimeOffset.UtcNow - time).Duration() < TimeSpan.FromMinutes(10),
            "a valid message", "a timeStamp in UTC, ending in Z, within ten minutes of this machine's clock", answer);
    }

    private static async Task XmlOfAcceptedAsync(Probe probe)
    {
        var answer = await probe.PostAsync(probe.Message(), accept: "application/xml");
        var root = Xml(answer, "a valid message with Accept: application/xml");
        Probe.Expect(
            root.Element("Result")?.Value == "true" && !root.Descendants("Fejl").Any() && root.Descendants("AdvisTekst").SingleOrDefault()?.Value == "COMPLETED",
            "a valid message with Accept: application/xml", "Result true, Advis COMPLETED, and no Fejl", answer);
    }

    private static async Task XmlOfRejectedAsync(Probe probe)
    {
        var answer = await probe.PostAsync(Wrong(probe), accept: "application/xml");
        var root = Xml(answer, "a message whose label is too long, with Accept: application/xml");
        Probe.Expect(
            root.Element("Result")?.Value == "false" && root.Descendants("FejlId").SingleOrDefault()?.Value == "SCHEMA_VIOLATION" && !root.Descendants("Advis").Any(),
            "a message whose label is too long, with Accept: application/xml", "Result false, Fejl SCHEMA_VIOLATION, and no Advis", answer);
    }

    private static async Task SameInBothAsync(Probe probe)
    {
        var message = probe.Message();
        var json = Probe.Accepted(await probe.PostAsync(message), "a valid message");
        var xml = await probe.PostAsync(message, accept: "application/xml");
        Probe.Expect(Xml(xml, "the same with Accept: application/xml").Element("TransmissionID")?.Value == json.Property("transmissionId"), "the same with Accept: application/xml", "the same transmission", xml);
    }

    private static async Task QuotesNothingAsync(Probe probe)
    {
        const string Planted = "Planteret-4711";
        var answer = await probe.PostAsync(probe.Message(label: Planted + new string('x', 300)));
        Probe.Expect(answer is { Status: 200 } && answer.Property("errorCode") is not null && !answer.Text.Contains(Planted, StringComparison.Ordinal), "a message with a label that is too long", "a rejection that does not quote it", answer);
    }

    private static XElement Xml(Answer? answer, string sent)
    {
        Probe.Expect(answer is { Status: 200, MediaType: "application/xml" }, sent, "200 with application/xml", answer);
        var faults = new List<string>();
        var schemas = new XmlSchemaSet();
        using (var xsd = typeof(ReceiptCases).Assembly.GetManifestResourceStream("receipt.xsd")!)
        using (var reader = XmlReader.Create(xsd))
            schemas.Add(null, reader);
        try
        {
            var document = XDocument.Load(new MemoryStream(answer!.Body));
            document.Validate(schemas, (_, fault) => faults.Add(fault.Message));
            Probe.Expect(faults.Count == 0, sent, "a receipt that follows receipt.xsd", answer);
            return document.Root!;
        }
        catch (XmlException)
        {
            throw new CaseFailedException(sent, "a receipt that is XML", "something else");
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    private static partial Regex Utc();
}
