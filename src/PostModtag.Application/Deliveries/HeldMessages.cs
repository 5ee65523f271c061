using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.Deliveries;

/// <summary>
/// Asks the fagsystemer of messages that are due: held ones when it is time, and those that a person has set going. Each
/// fagsystem has a few of them on their way at once and no more, so one that is slow or dead takes nothing from the others,
/// and many that are due at once leave room for those that come in.
/// </summary>
internal sealed class HeldMessages(
    IMessageStore store, MessageDelivery delivery, IRestFagsystem rest, MessageTurns turns, RoutingTables tables, IOptions<PostModtagOptions> options, TimeProvider clock, ILogger<HeldMessages> log)
    : BackgroundService
{
    private const int AtOnce = 4;

    // Longer than any fagsystem may take. A node that dies leaves its messages to the others after that.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseOfFailed = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, string> _onTheirWay = new();
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await delivery.EndAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        var tick = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            // When one has been asked about there is room for the next.
            _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                await BeginDueAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A database that is away comes back; asking goes on.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                DeliveryLog.HeldMessagesFailed(log, ExceptionDescription.Of(exception));
                await Task.Delay(Pause, stoppingToken);
            }

            if (tick.IsCompleted)
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            await Task.WhenAny(tick, _asked.Task);
        }
    }

    private async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var table = await tables.CurrentAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var due = await store.TakeDueAsync(now, now + Lease, [.. table.Fagsystemer.Where(HasNoRoom).Select(fagsystem => fagsystem.Key)], cancellationToken);
            if (due is null)
                return;
            _onTheirWay[due.MessageUuid] = due.Fagsystem;
            _ = AskAsync(due.MessageUuid);
        }
    }

    /// <summary>Half of what a fagsystem may have at once is left to messages that come in; one that has failed gets one, to try.</summary>
    private bool HasNoRoom(Fagsystem fagsystem)
    {
        var onTheirWay = _onTheirWay.Values.Count(key => key == fagsystem.Key);
        if (fagsystem is not { Kind: FagsystemKind.Rest, Rest: { } settings })
            return onTheirWay >= AtOnce;
        var status = rest.StatusOf(fagsystem);
        var most = status.State switch
        {
            ConnectionState.Broken => 0,
            ConnectionState.Trying => 1,
            _ => Math.Min(AtOnce, Math.Max(1, settings.MaxConcurrency / 2)),
        };
        return onTheirWay >= most || status.UnderWay >= settings.MaxConcurrency;
    }

    private async Task AskAsync(Guid messageUuid)
    {
        try
        {
            // Whoever has its turn is asking about it, or decides on it.
            await using var turn = await turns.TakeAsync(messageUuid, TimeSpan.Zero);
            if (turn is null)
            {
                await PutOffAsync(messageUuid, Pause);
                return;
            }

            var message = await store.FindAsync(messageUuid, CancellationToken.None);
            if (message is not { IsDecided: false } || !(message.NextAttemptAt <= clock.GetUtcNow()))
                return;
            await delivery.DeliverAsync(message, await PatienceAsync(message.Fagsystem!));
            _onTheirWay.TryRemove(messageUuid, out _);
            _asked.TrySetResult();
        }
#pragma warning disable CA1031 // The message stays due, and is asked about again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            DeliveryLog.HeldMessageFailed(log, messageUuid, ExceptionDescription.Of(exception));
            await PutOffAsync(messageUuid, PauseOfFailed);
        }
        finally
        {
            _onTheirWay.TryRemove(messageUuid, out _);
        }
    }

    private async Task PutOffAsync(Guid messageUuid, TimeSpan pause)
    {
        try
        {
            await store.LeaseAsync(messageUuid, clock.GetUtcNow() + pause, CancellationToken.None);
        }
#pragma warning disable CA1031 // Then it is free when the lease that it has is over.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Nobody waits, so a fagsystem on another host has all the time that it is allowed.</summary>
    private async Task<TimeSpan> PatienceAsync(string key)
    {
        var table = await tables.CurrentAsync(CancellationToken.None);
        return table.Find(key) is { Kind: FagsystemKind.Rest, Rest: { } settings } ? TimeSpan.FromSeconds(settings.TimeoutSeconds) : options.Value.DeliveryTimeout;
    }
}
