using System.Globalization;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.DigitalPost;

/// <summary>A receipt in Digital Post's own words.</summary>
internal static class ReceiptJson
{
    /// <summary>Its properties by their names.</summary>
    public static IReadOnlyDictionary<string, string?> Of(Receipt receipt) => new Dictionary<string, string?>
    {
        ["transmissionId"] = receipt.TransmissionId.ToString(),
        ["messageUUID"] = receipt.MessageUuid.ToString(),
        ["messageId"] = receipt.MessageId,
        ["errorCode"] = receipt.ErrorCode,
        ["errorMessage"] = receipt.ErrorMessage,
        ["timeStamp"] = receipt.TimeStamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["receiptStatus"] = receipt.Status switch
        {
            ReceiptStatus.Completed => "COMPLETED",
            ReceiptStatus.Invalid => "INVALID",
            ReceiptStatus.NotAllowed => "NOT_ALLOWED",
            _ => "RECEIVED",
        },
    };
}
