using MediatR;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Memo;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Application.Tracing;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>The whole story of one message, from the body to the receipt.</summary>
internal sealed class ReceiveMessageHandler(
    IMemoReader reader,
    MessageChecks checks,
    MessageTurns turns,
    IMessageStore store,
    RoutingTables tables,
    MessageRouter router,
    MessageDelivery delivery,
    IOptions<PostModtagOptions> options,
    TimeProvider clock,
    ILogger<ReceiveMessageHandler> log) : IRequestHandler<ReceiveMessageCommand, ReceiveMessageResult>
{
    /// <summary>The share of the sender's patience that the fagsystem may use up: what it says has to be kept and told yet.</summary>
    private const double ShareOfFagsystem = 0.9;

    /// <summary>Reads the body, and decides on the message in it, once.</summary>
    public async Task<ReceiveMessageResult> Handle(ReceiveMessageCommand request, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(request, cancellationToken);
        if (reading is not MemoReading.Message message)
        {
            var none = (MemoReading.NotAMessage)reading;
            return new ReceiveMessageResult.NotAMessage(none.Reason, none.Line, none.Column);
        }

        if (request.ExpectedMessageUuid is { } expected && expected != message.Memo.MessageUuid)
        {
            await message.DisposeAsync();
            return new ReceiveMessageResult.NotAMessage(NotAMessageReason.OtherMessage, 0, 0);
        }

        // From here on the message is whole, and a sender that goes away stops nothing: the decision is kept for when
        // it comes again. A sender waits only so long, while a fagsystem that is late can still give its answer.
        var decision = DecideAsync(message, request);
        try
        {
            return await decision.WaitAsync(options.Value.DeliveryTimeout, clock, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            ReceiveMessageLog.AnswerIsLate(log, message.Memo.MessageUuid);
            _ = LogIfItFails(decision, message.Memo.MessageUuid);
            return new ReceiveMessageResult.Undecided();
        }
    }

    private async Task<MemoReading> ReadAsync(ReceiveMessageCommand request, CancellationToken cancellationToken)
    {
        using var span = MessageTrace.Begin("read", request.TransactionId);
        return await reader.ReadAsync(request.Body, request.Charset, cancellationToken);
    }

    private async Task<ReceiveMessageResult> DecideAsync(MemoReading.Message reading, ReceiveMessageCommand request)
    {
        await using var discardWhatIsNotKept = reading;
        var memo = reading.Memo;
        await using var atOnce = await turns.TakeAsync(memo.MessageUuid, TimeSpan.Zero);
        if (atOnce is null && await KnownAnswerAsync(memo) is { } known)
            return known;
        await using var turn = atOnce ?? await turns.TakeAsync(memo.MessageUuid, options.Value.DeliveryTimeout);
        if (turn is null)
            return new ReceiveMessageResult.Undecided();

        var patience = options.Value.DeliveryTimeout * ShareOfFagsystem;
        var message = Message.Receive(memo, request.TransactionId, request.ContentType, clock.GetUtcNow());

        // Most messages are new, so each is taken for new; one that was kept before stays as it was.
        var isNew = await KeepAsync(await BeginAsync(message, memo, patience), reading.Contents);
        if (!isNew)
            message = await store.FindAsync(memo.MessageUuid, CancellationToken.None) ?? throw new InvalidOperationException("A message was there and is gone.");

        if (message.Xml != memo.Xml)
            return new ReceiveMessageResult.Answered(await RefuseAsync(memo));
        if (message.Answer is { } before)
            return new ReceiveMessageResult.Answered(before);
        var outcome = await (isNew ? delivery.DeliverAsync(message, patience) : delivery.DeliverAgainAsync(message, patience));
        return message.Answer is { } answer
            ? new ReceiveMessageResult.Answered(answer)
            : new ReceiveMessageResult.Undecided((outcome as DeliveryOutcome.Undecided)?.RetryAfter);
    }

    /// <summary>Keeps it, durably. False when its messageUUID is known.</summary>
    private async Task<bool> KeepAsync(MessageChange change, IStagedContents contents)
    {
        using var span = MessageTrace.Begin("keep", change.Message.TransactionId);
        return await store.AddAsync(change, contents, CancellationToken.None);
    }

    /// <summary>The sender of a message that has its answer need not wait until a fagsystem, which is being asked again, has said something.</summary>
    private async Task<ReceiveMessageResult?> KnownAnswerAsync(ReceivedMemo memo) =>
        await store.FindAsync(memo.MessageUuid, CancellationToken.None) is { Answer: { } answer } known && known.Xml == memo.Xml
            ? new ReceiveMessageResult.Answered(answer)
            : null;

    /// <summary>Rejects a message that breaks a check. For any other the rules designate one fagsystem, or none, and then it is rejected too.</summary>
    /// <returns>What is to be kept of it.</returns>
    private async Task<MessageChange> BeginAsync(Message message, ReceivedMemo memo, TimeSpan patience)
    {
        if ((memo.Rejection ?? await checks.CheckAsync(memo)) is { } rejection)
        {
            message.Reject(rejection, clock.GetUtcNow());
            return new MessageChange { Message = message };
        }

        var table = await tables.CurrentAsync(CancellationToken.None);
        var routed = await router.RouteAsync(table, message.Memo!, message.Xml.Length);
        message.Route(routed.Decision, routed.Version, routed.WhenUndecided, clock.GetUtcNow());
        return delivery.Begin(message, table, patience);
    }

    /// <summary>The messageUUID is another message's: that one stays as it is, and this body, which is not kept, gets a receipt of its own.</summary>
    private async Task<Receipt> RefuseAsync(ReceivedMemo memo)
    {
        var known = await store.FindRefusedCopyAsync(memo.MessageUuid, memo.Xml.Sha256, CancellationToken.None);
        if (known is not null)
            return known.Receipt;

        var copy = RefusedCopy.Refuse(memo, clock.GetUtcNow());
        if (await store.AddRefusedCopyAsync(copy, CancellationToken.None))
            return copy.Receipt;
        return (await store.FindRefusedCopyAsync(memo.MessageUuid, memo.Xml.Sha256, CancellationToken.None))!.Receipt;
    }

    private async Task LogIfItFails(Task decision, Guid messageUuid)
    {
        await decision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (decision.Exception?.InnerException is { } exception)
            ReceiveMessageLog.LateDecisionFailed(log, messageUuid, ExceptionDescription.Of(exception));
    }
}
