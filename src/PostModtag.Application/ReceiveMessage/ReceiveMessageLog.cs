using Microsoft.Extensions.Logging;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>What receiving a message writes to the log: ids, names of fagsystemer and types, never a field value.</summary>
internal static partial class ReceiveMessageLog
{
    [LoggerMessage(102, LogLevel.Warning, "The answer to message {MessageUuid} did not come in time; the sender is told to send again. An answer that comes later is kept.")]
    public static partial void AnswerIsLate(ILogger log, Guid messageUuid);

    [LoggerMessage(103, LogLevel.Error, "The late decision on message {MessageUuid} failed; it is made when the message is sent again. It threw {Exception}")]
    public static partial void LateDecisionFailed(ILogger log, Guid messageUuid, string exception);

    [LoggerMessage(112, LogLevel.Error, "A rule on {Property} that the host has added does not end with Reports(error, xPath, expected), so no sender can be told of it. The message is answered 503, and can be sent again.")]
    public static partial void RuleReportsNothing(ILogger log, string property);
}
