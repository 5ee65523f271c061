using PostModtag.Cli.Sending;

namespace PostModtag.Cli.Simulating;

/// <summary>
/// What Digital Post does with messages for a receiving system: it pushes each until it has a final receipt, sends again what was not decided,
/// and deactivates a system that could receive nothing for seven days.
/// </summary>
/// <param name="endpoint">The receiving system's EP_FS1.</param>
/// <param name="listener">Takes relayed receipts; null where nobody relays.</param>
/// <param name="clock">The clock that all of it goes by.</param>
internal sealed class DigitalPostSimulation(Endpoint endpoint, ReceiptListener? listener, SimulatedClock clock) : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan MostSilence = TimeSpan.FromDays(7);

    private readonly CancellationTokenSource _deactivated = new();
    private readonly Lock _lock = new();
    private TimeSpan _received;

    /// <summary>Whether the system was deactivated.</summary>
    public bool IsDeactivated => _deactivated.IsCancellationRequested;

    /// <summary>Pushes a message until it is over with it.</summary>
    public async Task<PushedMessage> PushAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deactivated.Token);
        var (times, wait) = (0, First);
        try
        {
            while (true)
            {
                times++;
                var answer = await PostAsync(message, over.Token);
                if (answer.ReceiptStatus == "RECEIVED" && listener is not null)
                    return new PushedMessage(message.Name, times, await listener.ReceiptOf(message.MessageUuid).WaitAsync(over.Token), "relayed", answer.ErrorCode);
                if (answer.ReceiptStatus is not (null or "RECEIVED"))
                    return new PushedMessage(message.Name, times, answer.ReceiptStatus, "answered", answer.ErrorCode);
                if (answer.HttpStatus is >= 400 and < 500 and not (408 or 429))
                    return new PushedMessage(message.Name, times, null, $"HTTP {answer.HttpStatus}", answer.ErrorCode);

                var asked = TimeSpan.FromSeconds(answer.RetryAfter ?? 0);
                await clock.DelayAsync(asked > wait ? asked : wait, over.Token);
                wait = wait * 2 > Longest ? Longest : wait * 2;
            }
        }
        catch (OperationCanceledException) when (_deactivated.IsCancellationRequested)
        {
            return new PushedMessage(message.Name, times, null, "the system was deactivated", null);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _deactivated.Dispose();

    private async Task<SentMessage> PostAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await using var body = message.Open();
        var answer = await endpoint.PostAsync(message.Name, body, cancellationToken);
        lock (_lock)
        {
            if (answer.ReceiptStatus is not null)
                _received = clock.Now;
            else if (clock.Now - _received > MostSilence)
                _deactivated.Cancel();
        }

        return answer;
    }
}

/// <summary>What became of a message.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Times">How often it was pushed.</param>
/// <param name="ReceiptStatus">The final receipt's status; null where it got none.</param>
/// <param name="How">Whether the receipt was the answer or came afterwards; or why there is none.</param>
/// <param name="ErrorCode">Why it was not taken.</param>
internal sealed record PushedMessage(string Name, int Times, string? ReceiptStatus, string How, string? ErrorCode)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() => $"{ReceiptStatus ?? "no receipt",-12}{Name}: {How}, pushed {(Times == 1 ? "once" : $"{Times} times")}{(ErrorCode is null ? "" : $" ({ErrorCode})")}";
}
