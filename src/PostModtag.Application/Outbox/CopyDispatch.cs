using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.Outbox;

/// <summary>
/// Hands messages on: sends copies to the further fagsystemer that the one which accepted names. Each is tried for as long as a held
/// message is; what becomes of it changes nothing of the receipt.
/// </summary>
internal sealed class CopyDispatch(
    IOutbox outbox,
    IMessageStore messages,
    FagsystemCalls calls,
    IRestFagsystem rest,
    RoutingTables tables,
    IOptions<PostModtagOptions> options,
    TimeProvider clock,
    ILogger<CopyDispatch> log) : FagsystemQueue<OutboxEntry>(rest, tables, clock)
{
    private readonly TimeProvider _clock = clock;
    private readonly UnderWay _underWay = new();

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _underWay.NoneAsync(FagsystemCalls.StopGrace * 2, cancellationToken);
    }

    /// <inheritdoc />
    protected override Task<OutboxEntry?> TakeAsync(DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken) =>
        outbox.TakeDueCopyAsync(now, until, butNotFor, cancellationToken);

    /// <inheritdoc />
    protected override string FagsystemOf(OutboxEntry due) => due.Fagsystem!;

    /// <inheritdoc />
    protected override async Task WorkAsync(OutboxEntry due)
    {
        using var underWay = _underWay.Begin();
        try
        {
            var message = await messages.FindAsync(due.MessageUuid, CancellationToken.None) ?? throw new InvalidOperationException($"Message {due.MessageUuid} has a copy to be handed on and is gone.");
            var outcome = OutboxOutcome.Of(await calls.AskAsync(message, due.Fagsystem!, null));
            var now = _clock.GetUtcNow();
            due.Record(outcome, now, Next(due, outcome, now));
            await outbox.UpdateAsync(due, null, CancellationToken.None);
            Tell(due);
        }
#pragma warning disable CA1031 // It stays due, and is sent again when the lease is over.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OutboxLog.CopyFailed(log, due.MessageUuid, due.Fagsystem!, ExceptionDescription.Of(exception));
        }
    }

    /// <inheritdoc />
    protected override void TellFailure(Exception exception) => OutboxLog.DispatchFailed(log, ExceptionDescription.Of(exception));

    /// <summary>When it is sent again; null when it has been tried as long as it was to be.</summary>
    private DateTimeOffset? Next(OutboxEntry copy, OutboxOutcome outcome, DateTimeOffset now)
    {
        var end = copy.TryingSince + options.Value.HoldFor;
        var next = now + Backoff.Wait(options.Value.HoldFirstDelay, options.Value.HoldMaxDelay, copy.Attempts + 1, outcome.RetryAfter);
        return now >= end ? null : next < end ? next : end;
    }

    private void Tell(OutboxEntry copy)
    {
        if (copy.State is OutboxState.Refused or OutboxState.GivenUp)
            OutboxLog.CopyNotTaken(log, copy.MessageUuid, copy.Fagsystem!, copy.State, copy.HttpStatus);
        else if (copy.State == OutboxState.Waiting)
            OutboxLog.CopyPutOff(log, copy.MessageUuid, copy.Fagsystem!, copy.Reason!.Value, copy.HttpStatus);
    }
}
