using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Deliveries;

/// <summary>
/// Asks the fagsystemer of held messages again when it is time. Each fagsystem has a few messages on their way at once and no
/// more, so one that is slow or dead takes nothing from the others.
/// </summary>
internal sealed class HeldMessages(
    IMessageStore store, MessageDelivery delivery, MessageTurns turns, RoutingTables tables, IOptions<PostModtagOptions> options, TimeProvider clock, ILogger<HeldMessages> log)
    : BackgroundService
{
    private const int AtOnce = 4;

    // Longer than any fagsystem may take. A node that dies leaves its messages to the others after that.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, string> _onTheirWay = new();

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await BeginDueAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A database that is away comes back; asking goes on.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                DeliveryLog.HeldMessagesFailed(log, ExceptionDescription.Of(exception));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var busy = _onTheirWay.Values.GroupBy(fagsystem => fagsystem).Where(messages => messages.Count() >= AtOnce).Select(messages => messages.Key).ToList();
            var now = clock.GetUtcNow();
            var due = await store.TakeDueAsync(now, now + Lease, busy, cancellationToken);
            if (due is null)
                return;
            _onTheirWay[due.MessageUuid] = due.Fagsystem;
            _ = AskAsync(due.MessageUuid);
        }
    }

    private async Task AskAsync(Guid messageUuid)
    {
        try
        {
            await using var turn = await turns.TakeAsync(messageUuid, options.Value.DeliveryTimeout);
            var message = turn is null ? null : await store.FindAsync(messageUuid, CancellationToken.None);
            if (message is { State: MessageState.Held } && message.NextAttemptAt <= clock.GetUtcNow())
                await delivery.DeliverAsync(message, await PatienceAsync(message.Fagsystem!));
        }
#pragma warning disable CA1031 // The message stays held, and is asked about again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            DeliveryLog.HeldMessageFailed(log, messageUuid, ExceptionDescription.Of(exception));
        }
        finally
        {
            _onTheirWay.TryRemove(messageUuid, out _);
        }
    }

    /// <summary>Nobody waits, so a fagsystem on another host has all the time that it is allowed.</summary>
    private async Task<TimeSpan> PatienceAsync(string key)
    {
        var table = await tables.CurrentAsync(CancellationToken.None);
        return table.Find(key) is { Kind: FagsystemKind.Rest, Rest: { } rest } ? TimeSpan.FromSeconds(rest.TimeoutSeconds) : options.Value.DeliveryTimeout;
    }
}
