using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Memo;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>The whole story of one message, from the body to the receipt.</summary>
public sealed class ReceiveMessageHandler(
    IMemoReader reader,
    MessageValidator validator,
    MessageTurns turns,
    IMessageStore store,
    IContentStore contents,
    MessageRouter router,
    RoutingTables tables,
    FagsystemDirectory handlers,
    IServiceScopeFactory scopes,
    IOptions<PostModtagOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<ReceiveMessageHandler> log) : IRequestHandler<ReceiveMessageCommand, ReceiveMessageResult>
{
    /// <summary>How long a fagsystem may still take when the server stops: most answer well within.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>Reads the body, and decides on the message in it, once.</summary>
    public async Task<ReceiveMessageResult> Handle(ReceiveMessageCommand request, CancellationToken cancellationToken)
    {
        var reading = await reader.ReadAsync(request.Body, request.Charset, cancellationToken);
        if (reading is not MemoReading.Message message)
        {
            var none = (MemoReading.NotAMessage)reading;
            return new ReceiveMessageResult.NotAMessage(none.Reason, none.Line, none.Column);
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
            return new ReceiveMessageResult.Undecided(message.Memo.MessageUuid);
        }
    }

    private async Task<ReceiveMessageResult> DecideAsync(MemoReading.Message reading, ReceiveMessageCommand request)
    {
        await using var discardWhatIsNotKept = reading;
        var memo = reading.Memo;
        using var turn = await turns.TakeAsync(memo.MessageUuid, options.Value.DeliveryTimeout);
        if (turn is null)
            return new ReceiveMessageResult.Undecided(memo.MessageUuid);

        var message = await store.FindAsync(memo.MessageUuid, CancellationToken.None);
        if (message is null)
        {
            message = Message.Receive(memo, request.TransactionId, request.ContentType, clock.GetUtcNow());
            if ((memo.Rejection ?? validator.Check(memo)) is { } rejection)
                message.Reject(rejection, clock.GetUtcNow());
            else
                await RouteAsync(message);

            // Another node may have been faster; then the message is the one that it kept.
            if (!await store.AddAsync(message, reading.Contents, CancellationToken.None))
                message = await store.FindAsync(memo.MessageUuid, CancellationToken.None) ?? throw new InvalidOperationException("A message was there and is gone.");
        }

        if (message.Xml != memo.Xml)
            return new ReceiveMessageResult.Decided(await RefuseAsync(memo, reading.Contents));
        if (message.Receipt is { } receipt)
            return new ReceiveMessageResult.Decided(receipt);
        return await DeliverAsync(message);
    }

    /// <summary>The rules designate one fagsystem, or none, and then the message is rejected.</summary>
    private async Task RouteAsync(Message message)
    {
        var (decision, version) = await router.RouteAsync(message.Memo!, message.Xml.Length, CancellationToken.None);
        message.Route(decision, version, clock.GetUtcNow());
    }

    /// <summary>Asks the fagsystem, and keeps its answer before anyone hears of it.</summary>
    private async Task<ReceiveMessageResult> DeliverAsync(Message message)
    {
        var table = await tables.CurrentAsync(CancellationToken.None);
        if (table.Find(message.Fagsystem!) is not { State: FagsystemState.Active } designated)
        {
            ReceiveMessageLog.FagsystemTakesNone(log, message.Fagsystem!, message.MessageUuid);
            return new ReceiveMessageResult.Undecided(message.MessageUuid);
        }

        FagsystemAnswer answer;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            using var patience = new CancellationTokenSource(options.Value.DeliveryTimeout, clock);
            await using var stopping = lifetime.ApplicationStopping.Register(() => patience.CancelAfter(StopGrace));
            var fagsystem = handlers.Resolve(scope.ServiceProvider, designated);
            answer = await fagsystem.DeliverAsync(new FagsystemDelivery(message, contents), patience.Token);
        }
#pragma warning disable CA1031 // Whatever a fagsystem throws, it has not decided.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ReceiveMessageLog.FagsystemUndecided(log, message.MessageUuid, message.Fagsystem!, ExceptionDescription.Of(exception));
            return new ReceiveMessageResult.Undecided(message.MessageUuid);
        }

        if (answer.Rejection is { } rejection)
            message.Reject(rejection, clock.GetUtcNow());
        else
            message.Accept(clock.GetUtcNow());
        await store.UpdateAsync(message, CancellationToken.None);
        return new ReceiveMessageResult.Decided(message.Receipt!);
    }

    /// <summary>The messageUUID is another message's: that one stays as it is, and this body gets a receipt of its own.</summary>
    private async Task<Receipt> RefuseAsync(ReceivedMemo memo, IStagedContents staged)
    {
        var known = await store.FindRefusedCopyAsync(memo.MessageUuid, memo.Xml.Sha256, CancellationToken.None);
        if (known is not null)
            return known.Receipt;

        var copy = RefusedCopy.Refuse(memo, clock.GetUtcNow());
        if (await store.AddRefusedCopyAsync(copy, staged, CancellationToken.None))
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
