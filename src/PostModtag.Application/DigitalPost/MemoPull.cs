using System.Collections.Concurrent;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Outbox;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.DigitalPost;

/// <summary>
/// Fetches messages from Digital Post (REST_PULL) and receives them as if they had been pushed. A message stays at Digital Post
/// until Digital Post has its final receipt; each round looks how far each one is, so nothing depends on what the last round did.
/// Where there are several nodes, one of them does it at a time.
/// </summary>
internal sealed class MemoPull(
    IDigitalPost digitalPost,
    IMessageStore messages,
    IOutbox outbox,
    IServiceScopeFactory scopes,
    INodeTurns turns,
    IOptions<PostModtagOptions> options,
    TimeProvider clock,
    ILogger<MemoPull> log) : BackgroundService
{
    // More than a fagsystem takes at once: those for one that is slow leave room for the others.
    private const int AtOnce = 32;

    // The turn at all messages that are fetched: no message has this messageUUID.
    private static readonly Guid Turn = new("00000000-0000-0000-0001-000000000002");

    private static readonly TimeSpan LongestRead = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseOfUnreadable = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _notBefore = new();

    // Those whose bytes at Digital Post are known to be the ones that are kept here. Only they are deleted there.
    private readonly ConcurrentDictionary<Guid, bool> _kept = new();

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.DigitalPost.Pull)
            return;
        using var timer = new PeriodicTimer(options.Value.DigitalPost.PullInterval, clock);
        do
        {
            try
            {
                await PullAsync(stoppingToken);
            }
            catch (DigitalPostException exception) when (exception.Reason.Concern() == DeliveryConcern.Configuration)
            {
                PullLog.ConfigurationFault(log, exception.Reason, exception.HttpStatus);
            }
            catch (DigitalPostException exception)
            {
                PullLog.NotListed(log, exception.Reason, exception.HttpStatus);
            }
#pragma warning disable CA1031 // A database that is away comes back; fetching goes on.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                PullLog.Failed(log, ExceptionDescription.Of(exception));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PullAsync(CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(Turn, TimeSpan.Zero);
        if (turn is null)
            return;

        // The whole list first: it is short, and what is deleted on the way would move the pages.
        var waiting = new List<Guid>();
        await foreach (var messageUuid in digitalPost.ListMemosAsync(cancellationToken))
            waiting.Add(messageUuid);
        foreach (var gone in _notBefore.Keys.Except(waiting))
            _notBefore.TryRemove(gone, out _);
        foreach (var gone in _kept.Keys.Except(waiting))
            _kept.TryRemove(gone, out _);
        await Parallel.ForEachAsync(waiting.Distinct(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, SeeToAsync);
    }

    /// <summary>Takes a message one step on; what goes wrong with one is no matter of the others.</summary>
    private async ValueTask SeeToAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        if (_notBefore.TryGetValue(messageUuid, out var notBefore) && clock.GetUtcNow() < notBefore)
            return;
        try
        {
            var message = await messages.FindAsync(messageUuid, cancellationToken);
            if (message?.Answer is null || !_kept.ContainsKey(messageUuid))
                await ReceiveAsync(messageUuid, cancellationToken);
            else if (message.IsDecided && await IsToldAsync(message, cancellationToken))
                await digitalPost.DeleteMemoAsync(messageUuid, cancellationToken);
        }
        catch (DigitalPostException exception)
        {
            PullLog.NotFetched(log, messageUuid, exception.Reason, exception.HttpStatus);
            PutOff(messageUuid, exception.RetryAfter ?? options.Value.RetryAfter);
        }
#pragma warning disable CA1031 // It stays at Digital Post, and the next round sees to it.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            PullLog.MessageFailed(log, messageUuid, ExceptionDescription.Of(exception));
            PutOff(messageUuid, options.Value.RetryAfter);
        }
    }

    private async Task ReceiveAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        using var timeIsUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeIsUp.CancelAfter(LongestRead);
        await using var memo = await digitalPost.OpenMemoAsync(messageUuid, timeIsUp.Token);
        if (memo is null)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var command = new ReceiveMessageCommand { Body = memo.Body, ContentType = memo.ContentType, Charset = memo.Charset, TransactionId = Guid.NewGuid(), ExpectedMessageUuid = messageUuid };
        switch (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command, timeIsUp.Token))
        {
            case ReceiveMessageResult.NotAMessage none:
                // What nobody has kept stays where it is: it may be a fault on the way, and a person can look at it.
                PullLog.Unreadable(log, messageUuid, none.Reason);
                PutOff(messageUuid, PauseOfUnreadable);
                break;
            case ReceiveMessageResult.Undecided undecided:
                PutOff(messageUuid, undecided.RetryAfter ?? options.Value.RetryAfter);
                break;
            case ReceiveMessageResult.Answered answered when answered.Receipt.TransmissionId == (await messages.FindAsync(messageUuid, cancellationToken))?.TransmissionId:
                _kept[messageUuid] = true;
                break;
            default:
                PullLog.OtherContent(log, messageUuid);
                PutOff(messageUuid, PauseOfUnreadable);
                break;
        }
    }

    /// <summary>Whether Digital Post has its final receipt. One that was decided before receipts were relayed is told now.</summary>
    private async Task<bool> IsToldAsync(Message message, CancellationToken cancellationToken)
    {
        var receipt = (await outbox.FindOfMessageAsync(message.MessageUuid, cancellationToken)).SingleOrDefault(entry => entry.Kind == OutboxKind.Receipt);
        if (receipt is null)
            await outbox.AddAsync(OutboxEntry.ReceiptOf(message), cancellationToken);
        return receipt?.State == OutboxState.Taken;
    }

    private void PutOff(Guid messageUuid, TimeSpan pause) => _notBefore[messageUuid] = clock.GetUtcNow() + pause;
}

/// <summary>What fetching messages writes to the log.</summary>
internal static partial class PullLog
{
    [LoggerMessage(140, LogLevel.Warning, "Digital Post does not list its messages: {Reason}, HTTP status {HttpStatus}. It is asked again")]
    public static partial void NotListed(ILogger log, UndecidedReason reason, int? httpStatus);

    [LoggerMessage(141, LogLevel.Error, "Digital Post does not let this server in, or is not where PostModtag:DigitalPost:Url says: {Reason}, HTTP status {HttpStatus}. No messages are fetched")]
    public static partial void ConfigurationFault(ILogger log, UndecidedReason reason, int? httpStatus);

    [LoggerMessage(142, LogLevel.Warning, "Message {MessageUuid} was not fetched, or not deleted after it was told: {Reason}, HTTP status {HttpStatus}. It is tried again")]
    public static partial void NotFetched(ILogger log, Guid messageUuid, UndecidedReason reason, int? httpStatus);

    [LoggerMessage(143, LogLevel.Error, "What Digital Post gives as message {MessageUuid} is no message: {Reason}. It stays there, is not kept here, and a person looks at it")]
    public static partial void Unreadable(ILogger log, Guid messageUuid, Memo.NotAMessageReason reason);

    [LoggerMessage(146, LogLevel.Error, "Digital Post gives other content as message {MessageUuid} than was received under that messageUUID before. It stays there, is kept here as a refused copy, and a person looks at it")]
    public static partial void OtherContent(ILogger log, Guid messageUuid);

    [LoggerMessage(144, LogLevel.Error, "Fetching message {MessageUuid} failed and is tried again. It threw {Exception}")]
    public static partial void MessageFailed(ILogger log, Guid messageUuid, string exception);

    [LoggerMessage(145, LogLevel.Error, "Fetching messages failed and is tried again. It threw {Exception}")]
    public static partial void Failed(ILogger log, string exception);
}
