using Microsoft.Extensions.Logging;
using PostModtag.Domain.Deliveries;

namespace PostModtag.Application.Deliveries;

/// <summary>What delivering writes to the log: ids, keys of fagsystemer and reasons, never a field value.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(101, LogLevel.Warning, "Fagsystem {Fagsystem} gave no answer to message {MessageUuid}; it is not decided. It threw {Exception}")]
    public static partial void HandlerFailed(ILogger log, Guid messageUuid, string fagsystem, string exception);

    [LoggerMessage(104, LogLevel.Warning, "Message {MessageUuid} is not decided by fagsystem {Fagsystem}: {Reason}, HTTP status {HttpStatus}")]
    public static partial void Undecided(ILogger log, Guid messageUuid, string fagsystem, UndecidedReason reason, int? httpStatus);

    [LoggerMessage(105, LogLevel.Error, "Fagsystem {Fagsystem} is set up wrong: {Reason}, HTTP status {HttpStatus}. Look at its address and what is presented to it. Message {MessageUuid} is not decided")]
    public static partial void ConfigurationFault(ILogger log, string fagsystem, UndecidedReason reason, int? httpStatus, Guid messageUuid);

    [LoggerMessage(106, LogLevel.Error, "Asking about held messages failed and is tried again. It threw {Exception}")]
    public static partial void HeldMessagesFailed(ILogger log, string exception);

    [LoggerMessage(107, LogLevel.Error, "Asking about held message {MessageUuid} failed and is tried again. It threw {Exception}")]
    public static partial void HeldMessageFailed(ILogger log, Guid messageUuid, string exception);

    [LoggerMessage(108, LogLevel.Error, "Fagsystem {Fagsystem} says that message {MessageUuid} is none: {Reason}, HTTP status {HttpStatus}. A person must look at it; it is not decided")]
    public static partial void PersonNeeded(ILogger log, string fagsystem, Guid messageUuid, UndecidedReason reason, int? httpStatus);

    [LoggerMessage(109, LogLevel.Error, "Message {MessageUuid} has been held as long as it was to be; fagsystem {Fagsystem} is not asked again, and a person must decide")]
    public static partial void GivenUp(ILogger log, Guid messageUuid, string fagsystem);
}
