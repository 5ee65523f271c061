using Microsoft.Extensions.Logging;
using PostModtag.Domain.Deliveries;

namespace PostModtag.Application.Outbox;

/// <summary>What telling others of decided messages writes to the log.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(120, LogLevel.Warning, "Digital Post has not taken the receipt of message {MessageUuid}: {Reason}, HTTP status {HttpStatus}. It is sent again, and those after it wait")]
    public static partial void ReceiptPutOff(ILogger log, Guid messageUuid, UndecidedReason reason, int? httpStatus);

    [LoggerMessage(121, LogLevel.Error, "Digital Post does not let this server in, or is not where PostModtag:DigitalPost:Url says: {Reason}, HTTP status {HttpStatus}. The receipt of message {MessageUuid} and those after it wait")]
    public static partial void ConfigurationFault(ILogger log, Guid messageUuid, UndecidedReason reason, int? httpStatus);

    [LoggerMessage(122, LogLevel.Error, "Digital Post refused the receipt of message {MessageUuid}: HTTP status {HttpStatus}. It is set aside for a person, and the others go on")]
    public static partial void ReceiptRefused(ILogger log, Guid messageUuid, int? httpStatus);

    [LoggerMessage(123, LogLevel.Error, "Relaying receipts failed and is tried again. It threw {Exception}")]
    public static partial void RelayFailed(ILogger log, string exception);

    [LoggerMessage(124, LogLevel.Warning, "Fagsystem {Fagsystem} has not taken its copy of message {MessageUuid}: {Reason}, HTTP status {HttpStatus}. It is sent again")]
    public static partial void CopyPutOff(ILogger log, Guid messageUuid, string fagsystem, UndecidedReason reason, int? httpStatus);

    [LoggerMessage(125, LogLevel.Error, "Fagsystem {Fagsystem} does not take its copy of message {MessageUuid}: {State}, HTTP status {HttpStatus}. A person looks at it; the message's receipt stays as it is")]
    public static partial void CopyNotTaken(ILogger log, Guid messageUuid, string fagsystem, Domain.Outbox.OutboxState state, int? httpStatus);

    [LoggerMessage(126, LogLevel.Error, "Handing message {MessageUuid} on to fagsystem {Fagsystem} failed and is tried again. It threw {Exception}")]
    public static partial void CopyFailed(ILogger log, Guid messageUuid, string fagsystem, string exception);

    [LoggerMessage(127, LogLevel.Error, "Looking for copies that are due failed and is tried again. It threw {Exception}")]
    public static partial void DispatchFailed(ILogger log, string exception);
}
