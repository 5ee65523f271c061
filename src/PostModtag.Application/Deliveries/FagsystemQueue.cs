using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using PostModtag.Application.Routing;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.Deliveries;

/// <summary>
/// Works off what is due for fagsystemer. Each fagsystem has a few on their way at once and no more, so one that is slow or dead
/// takes nothing from the others, and many that are due at once leave room for the messages that come in. Nodes share the work
/// by leases.
/// </summary>
/// <typeparam name="T">What is due.</typeparam>
internal abstract class FagsystemQueue<T>(IRestFagsystem rest, RoutingTables tables, TimeProvider clock) : BackgroundService
    where T : class
{
    /// <summary>How often it looks, and how long something waits that cannot go yet.</summary>
    protected static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int AtOnce = 4;

    // Longer than any fagsystem may take. A node that dies leaves its work to the others after that.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(11);

    private readonly ConcurrentDictionary<T, string> _onTheirWay = new(ReferenceEqualityComparer.Instance);
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes what has been due longest, for a fagsystem that has room; null when there is nothing.</summary>
    protected abstract Task<T?> TakeAsync(DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken);

    /// <summary>The key of the fagsystem that it is for.</summary>
    protected abstract string FagsystemOf(T due);

    /// <summary>Does it, whatever happens; it throws nothing.</summary>
    protected abstract Task WorkAsync(T due);

    /// <summary>Taking failed, and is tried again.</summary>
    protected abstract void TellFailure(Exception exception);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        var tick = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            // When one has ended there is room for the next.
            _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                await BeginDueAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A database that is away comes back; the work goes on.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                TellFailure(exception);
                await Task.Delay(Pause, stoppingToken);
            }

            if (tick.IsCompleted)
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            await Task.WhenAny(tick, _ended.Task);
        }
    }

    private async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var table = await tables.CurrentAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var due = await TakeAsync(now, now + Lease, [.. table.Fagsystemer.Where(HasNoRoom).Select(fagsystem => fagsystem.Key)], cancellationToken);
            if (due is null)
                return;
            _onTheirWay[due] = FagsystemOf(due);
            _ = BeginAsync(due);
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

    private async Task BeginAsync(T due)
    {
        await WorkAsync(due);
        _onTheirWay.TryRemove(due, out _);
        _ended.TrySetResult();
    }
}
