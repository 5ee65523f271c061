using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using Receipt = PostModtag.Contract.Receipt;
using ReceiptStatus = PostModtag.Contract.ReceiptStatus;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>Reads a receipt as fagsystemer answer it, Digital Post's JSON or the XML of <c>api-spec/receipt.xsd</c>, and judges it.</summary>
internal static class ReceiptAnswer
{
    private const int Ok = 200;
    private const int MaxCode = 64;
    private const int MaxText = 2_000;

    // By name and nothing else: Enum.Parse takes "0" for COMPLETED as well.
    private static readonly Dictionary<string, ReceiptStatus> Statuses = Enum.GetValues<ReceiptStatus>().ToDictionary(status => status.ToString(), StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    /// <exception cref="UnreadableReceiptException">It is no receipt.</exception>
    /// <exception cref="ContradictoryReceiptException">It says two things at once.</exception>
    public static Receipt Read(byte[] bytes, MediaTypeHeaderValue? type)
    {
        try
        {
            var charset = type?.CharSet is { Length: > 0 } name ? Encoding.GetEncoding(name.Trim('"')) : null;
            var receipt = IsXml(bytes, type) ? ReadXml(bytes, charset) : ReadJson(bytes, charset);
            var isRejection = receipt.ReceiptStatus is ReceiptStatus.INVALID or ReceiptStatus.NOT_ALLOWED;
            return isRejection == !string.IsNullOrWhiteSpace(receipt.ErrorCode) ? receipt : throw new ContradictoryReceiptException();
        }
        catch (Exception exception) when (exception is JsonException or XmlException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new UnreadableReceiptException("The answer is no receipt.", exception);
        }
    }

    /// <summary>What a receipt decides about the message that it answers.</summary>
    public static DeliveryOutcome Judge(Receipt receipt, Message message)
    {
        if (receipt.MessageUUID != message.MessageUuid)
            return new DeliveryOutcome.Undecided(UndecidedReason.OtherMessage, Ok);
        return receipt.ReceiptStatus switch
        {
            ReceiptStatus.COMPLETED => new DeliveryOutcome.Accepted(),
            ReceiptStatus.RECEIVED => new DeliveryOutcome.Taken(),
            _ => new DeliveryOutcome.Rejected(Rejection.Relayed(
                ReceiptText.Writable(receipt.ErrorCode!, MaxCode), receipt.ReceiptStatus == ReceiptStatus.INVALID ? Domain.Messages.ReceiptStatus.Invalid : Domain.Messages.ReceiptStatus.NotAllowed,
                ReceiptText.Writable(string.IsNullOrWhiteSpace(receipt.ErrorMessage) ? ReceiptError.RejectedByFagsystem.Text.ToString() : receipt.ErrorMessage, MaxText))),
        };
    }

    private static bool IsXml(byte[] bytes, MediaTypeHeaderValue? type) =>
        type?.MediaType?.EndsWith("xml", StringComparison.OrdinalIgnoreCase) is true
        || Array.Find(bytes, octet => octet is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or 0xEF or 0xBB or 0xBF)) == '<';

    private static Receipt ReadJson(byte[] bytes, Encoding? charset)
    {
        using var document = JsonDocument.Parse((charset ?? Encoding.UTF8).GetString(bytes).TrimStart('\uFEFF'));
        var json = document.RootElement;
        var names = json.EnumerateObject().Select(property => property.Name).ToList();
        if (names.Distinct().Count() != names.Count)
            throw new ContradictoryReceiptException();
        return new Receipt
        {
            MessageUUID = json.GetProperty("messageUUID").GetGuid(),
            ErrorCode = Text(json, "errorCode") is var code && code is "0" ? null : code,
            ErrorMessage = Text(json, "errorMessage"),
            ReceiptStatus = Statuses[json.GetProperty("receiptStatus").GetString() ?? ""],
        };
    }

    // Some send "" or "0" where there is no error; that is no error.
    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && value.GetString() is { Length: > 0 } text ? text : null;

    private static Receipt ReadXml(byte[] bytes, Encoding? charset)
    {
        var texts = ReceiptXml.Read(bytes, charset);
        if (!texts.ContainsKey(ReceiptXml.Reaction))
            throw new FormatException("No SvarReaktion.");
        var (isAdvis, isFejl) = (texts.ContainsKey(ReceiptXml.Advis), texts.ContainsKey(ReceiptXml.Fejl));
        if (isAdvis == isFejl || XmlConvert.ToBoolean(texts[ReceiptXml.Result].Trim()) != isAdvis)
            throw new ContradictoryReceiptException();
        var code = isFejl ? texts.GetValueOrDefault(ReceiptXml.FejlId)?.Trim() : null;
        return new Receipt
        {
            MessageUUID = Guid.Parse(texts[ReceiptXml.MessageUuid].Trim()),
            ErrorCode = code,
            ErrorMessage = texts.GetValueOrDefault(ReceiptXml.FejlTekst),
            ReceiptStatus = isFejl ? StatusOf(code) : Statuses[texts[ReceiptXml.AdvisTekst].Trim()],
        };
    }

    /// <summary>XML does not say which of the two rejections it is: a code of our own list tells, and another is not permitted.</summary>
    private static ReceiptStatus StatusOf(string? code) =>
        ReceiptError.All.FirstOrDefault(error => error.Code == code)?.Status == Domain.Messages.ReceiptStatus.Invalid ? ReceiptStatus.INVALID : ReceiptStatus.NOT_ALLOWED;
}

/// <summary>What came is no receipt.</summary>
internal sealed class UnreadableReceiptException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What came says two things at once.</summary>
internal sealed class ContradictoryReceiptException() : Exception("The receipt says two things at once.");
