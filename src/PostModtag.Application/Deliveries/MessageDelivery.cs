using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Deliveries;

/// <summary>
/// Asks a message's fagsystem once, and keeps what it said before anyone hears of it. Whoever calls it has the message's turn.
/// </summary>
public sealed class MessageDelivery(
    RoutingTables tables,
    FagsystemDirectory handlers,
    IRestFagsystem rest,
    HoldSchedule schedule,
    IMessageStore store,
    IContentStore contents,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<MessageDelivery> log)
{
    /// <summary>How long a fagsystem may still take when the server stops: most answer well within.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly UnderWay _underWay = new();

    /// <summary>Asks the fagsystem. Afterwards the message is decided, or held, or its sender is to send it again.</summary>
    /// <param name="message">A message that has been routed and is not decided.</param>
    /// <param name="patience">How long the fagsystem may take at most.</param>
    /// <returns>What it ended as.</returns>
    public async Task<DeliveryOutcome> DeliverAsync(Message message, TimeSpan patience)
    {
        using var underWay = _underWay.Begin();
        var startedAt = clock.GetUtcNow();
        var outcome = await AskAsync(message, patience);
        var now = clock.GetUtcNow();
        var attempt = message.Record(outcome, startedAt, now);
        if (!message.IsDecided && message.Routing!.WhenUndecided == WhenUndecided.Hold)
            schedule.Hold(message, outcome, now);
        await store.UpdateAsync(new MessageChange { Message = message, Attempt = attempt }, CancellationToken.None);
        Tell(message, outcome);
        return outcome;
    }

    /// <summary>Waits until nothing is under way, so that what a fagsystem has said is kept before the server ends; not for a handler that does not heed that time is up.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _underWay.NoneAsync(StopGrace + StopGrace, cancellationToken);

    private async Task<DeliveryOutcome> AskAsync(Message message, TimeSpan patience)
    {
        var table = await tables.CurrentAsync(CancellationToken.None);
        if (table.Find(message.Fagsystem!) is not { State: FagsystemState.Active } fagsystem)
            return new DeliveryOutcome.Undecided(UndecidedReason.TakesNone);

        using var timeIsUp = new CancellationTokenSource(patience, clock);
        await using var stopping = lifetime.ApplicationStopping.Register(() => timeIsUp.CancelAfter(StopGrace));
        if (fagsystem.Kind == FagsystemKind.Rest)
            return await rest.DeliverAsync(message, fagsystem, timeIsUp.Token);
        return await HandleAsync(message, fagsystem, timeIsUp.Token);
    }

    private async Task<DeliveryOutcome> HandleAsync(Message message, Fagsystem fagsystem, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = handlers.Resolve(scope.ServiceProvider, fagsystem);
            var answer = await handler.DeliverAsync(new FagsystemDelivery(message, contents), cancellationToken);
            return answer.Rejection is { } rejection ? new DeliveryOutcome.Rejected(rejection) : new DeliveryOutcome.Accepted();
        }
#pragma warning disable CA1031 // Whatever a fagsystem throws, it has not decided.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            DeliveryLog.HandlerFailed(log, message.MessageUuid, fagsystem.Key, ExceptionDescription.Of(exception));
            return new DeliveryOutcome.Undecided(cancellationToken.IsCancellationRequested ? UndecidedReason.Timeout : UndecidedReason.HandlerFailed);
        }
    }

    private void Tell(Message message, DeliveryOutcome outcome)
    {
        var (fagsystem, undecided) = (message.Fagsystem!, outcome as DeliveryOutcome.Undecided);
        switch (undecided?.Reason.Concern())
        {
            case DeliveryConcern.Configuration:
                DeliveryLog.ConfigurationFault(log, fagsystem, undecided.Reason, undecided.HttpStatus, message.MessageUuid);
                break;
            case DeliveryConcern.Person:
                DeliveryLog.PersonNeeded(log, fagsystem, message.MessageUuid, undecided.Reason, undecided.HttpStatus);
                break;
            case DeliveryConcern.None when undecided.Reason != UndecidedReason.HandlerFailed:
                DeliveryLog.Undecided(log, message.MessageUuid, fagsystem, undecided.Reason, undecided.HttpStatus);
                break;
            default:
                break;
        }

        if (message.Concern == DeliveryConcern.GivenUp)
            DeliveryLog.GivenUp(log, message.MessageUuid, fagsystem);
    }
}
