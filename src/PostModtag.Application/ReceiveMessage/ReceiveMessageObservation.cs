using System.Diagnostics;
using MediatR;
using PostModtag.Application.Metrics;
using PostModtag.Application.Tracing;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>Traces and times each message that comes.</summary>
internal sealed class ReceiveMessageObservation(MessageMetrics metrics) : IPipelineBehavior<ReceiveMessageCommand, ReceiveMessageResult>
{
    /// <inheritdoc />
    public async Task<ReceiveMessageResult> Handle(ReceiveMessageCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<ReceiveMessageResult> next)
    {
        var begun = Stopwatch.GetTimestamp();
        using var span = MessageTrace.Begin("receive", request.TransactionId);
        var result = await next();
        var outcome = result switch
        {
            ReceiveMessageResult.Answered answered => answered.Receipt.Status.ToString(),
            ReceiveMessageResult.NotAMessage => nameof(ReceiveMessageResult.NotAMessage),
            _ => nameof(ReceiveMessageResult.Undecided),
        };
        if (result is ReceiveMessageResult.Answered { Receipt.MessageUuid: var messageUuid })
            span.Of(messageUuid);
        span.End(outcome);
        metrics.Received(outcome, Stopwatch.GetElapsedTime(begun));
        return result;
    }
}
