using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml;
using PostModtag.Domain.Messages;
using Receipt = PostModtag.Contract.Receipt;
using ReceiptStatus = PostModtag.Contract.ReceiptStatus;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>Reads a receipt as fagsystemer answer it: Digital Post's JSON, or the XML of <c>api-spec/receipt.xsd</c>.</summary>
internal static class ReceiptAnswer
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    /// <summary>Reads it.</summary>
    /// <exception cref="UnreadableReceiptException">It is no receipt.</exception>
    /// <exception cref="ContradictoryReceiptException">It says two things at once.</exception>
    public static Receipt Read(byte[] bytes, MediaTypeHeaderValue? type)
    {
        try
        {
            var receipt = IsXml(bytes, type) ? ReadXml(bytes) : ReadJson(bytes);
            var isRejection = receipt.ReceiptStatus is ReceiptStatus.INVALID or ReceiptStatus.NOT_ALLOWED;
            return isRejection == !string.IsNullOrEmpty(receipt.ErrorCode) ? receipt : throw new ContradictoryReceiptException();
        }
        catch (Exception exception) when (exception is JsonException or XmlException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new UnreadableReceiptException("The answer is no receipt.", exception);
        }
    }

    private static bool IsXml(byte[] bytes, MediaTypeHeaderValue? type) =>
        type?.MediaType?.EndsWith("xml", StringComparison.OrdinalIgnoreCase) ?? Array.Find(bytes, octet => octet is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or 0xEF or 0xBB or 0xBF)) == '<';

    private static Receipt ReadJson(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement;
        return new Receipt
        {
            TransmissionId = json.TryGetProperty("transmissionId", out var transmission) && transmission.ValueKind == JsonValueKind.String ? transmission.GetGuid() : Guid.Empty,
            MessageUUID = json.GetProperty("messageUUID").GetGuid(),
            ErrorCode = Text(json, "errorCode"),
            ErrorMessage = Text(json, "errorMessage"),
            ReceiptStatus = Enum.Parse<ReceiptStatus>(json.GetProperty("receiptStatus").GetString() ?? ""),
        };
    }

    // Some send "" or "0" where there is no error; that is no error.
    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && value.GetString() is { Length: > 0 } text and not "0" ? text : null;

    private static Receipt ReadXml(byte[] bytes)
    {
        var document = new XmlDocument { XmlResolver = null };
        using (var reader = XmlReader.Create(new MemoryStream(bytes), Settings))
            document.Load(reader);

        var root = document.DocumentElement is { LocalName: "PostModtag_response" } element ? element : throw new FormatException("Another root element.");
        var reaction = root.SelectSingleNode("HovedoplysningerSvarREST/SvarReaktion") ?? throw new FormatException("No SvarReaktion.");
        var (advis, fejl) = (reaction["Advis"], reaction["Fejl"]);
        var result = XmlConvert.ToBoolean(root["Result"]?.InnerText.Trim() ?? "");
        if ((advis is null) == (fejl is null) || result == (advis is null))
            throw new ContradictoryReceiptException();
        var code = fejl?["FejlId"]?.InnerText.Trim();
        return new Receipt
        {
            TransmissionId = Guid.TryParse(root["TransmissionID"]?.InnerText, out var transmission) ? transmission : Guid.Empty,
            MessageUUID = Guid.Parse(root["MessageUUID"]?.InnerText.Trim() ?? ""),
            ErrorCode = fejl is null ? null : code is { Length: > 0 } ? code : throw new FormatException("An empty FejlId."),
            ErrorMessage = fejl?["FejlTekst"]?.InnerText,
            ReceiptStatus = advis is null ? StatusOf(code!) : Enum.Parse<ReceiptStatus>(advis["AdvisTekst"]?.InnerText.Trim() ?? ""),
        };
    }

    /// <summary>XML does not say which of the two rejections it is: a code of our own list tells, and another is not permitted.</summary>
    private static ReceiptStatus StatusOf(string code) =>
        ReceiptError.All.FirstOrDefault(error => error.Code == code)?.Status == Domain.Messages.ReceiptStatus.Invalid ? ReceiptStatus.INVALID : ReceiptStatus.NOT_ALLOWED;
}

/// <summary>What came is no receipt.</summary>
internal sealed class UnreadableReceiptException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What came says two things at once.</summary>
internal sealed class ContradictoryReceiptException() : Exception("The receipt says two things at once.");
