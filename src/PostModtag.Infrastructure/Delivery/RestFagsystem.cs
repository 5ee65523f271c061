using System.Net;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Contract;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;
using Receipt = PostModtag.Contract.Receipt;
using ReceiptStatus = PostModtag.Contract.ReceiptStatus;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>Sends messages to fagsystemer on other hosts, and judges what comes back.</summary>
internal sealed class RestFagsystem(FagsystemConnections connections, IContentStore contents, TimeProvider clock) : IRestFagsystem
{
    private const int MaxCode = 64;
    private const int MaxText = 2_000;

    /// <inheritdoc />
    public async Task<DeliveryOutcome> DeliverAsync(Message message, Fagsystem fagsystem, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (fagsystem.Rest is not { } settings)
            return new DeliveryOutcome.Undecided(UndecidedReason.TakesNone);

        var allowed = TimeSpan.FromSeconds(settings.TimeoutSeconds);
        using var timeIsUp = new CancellationTokenSource(allowed < patience ? allowed : patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp.Token, cancellationToken);
        try
        {
            var connection = await connections.ToAsync(fagsystem, cancellationToken);
            await using var memo = await contents.OpenReadAsync(message.Xml, cancellationToken);
            var client = new FagsystemClient(connection.Http, connection.Endpoint, memo, message.Xml.Length, message.ContentType);
            var answer = await client.ReceiveMessageAsync(message.TransactionId, either.Token);
            return Judge(answer.Result, message);
        }
#pragma warning disable CA1031 // Whatever happens on the way, it is not decided.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Judge(exception, either.IsCancellationRequested);
        }
    }

    /// <inheritdoc />
    public ConnectionState StateOf(Fagsystem fagsystem) => connections.CircuitOf(fagsystem.Key) switch
    {
        CircuitState.Open or CircuitState.Isolated => ConnectionState.Broken,
        CircuitState.HalfOpen => ConnectionState.Trying,
        _ => ConnectionState.Open,
    };

    private static DeliveryOutcome Judge(Receipt receipt, Message message)
    {
        if (receipt.MessageUUID != message.MessageUuid)
            return new DeliveryOutcome.Undecided(UndecidedReason.OtherMessage, (int)HttpStatusCode.OK);
        return receipt.ReceiptStatus switch
        {
            ReceiptStatus.COMPLETED => new DeliveryOutcome.Accepted(),
            ReceiptStatus.RECEIVED => new DeliveryOutcome.Taken(),
            _ => new DeliveryOutcome.Rejected(Rejection.Relayed(
                ReceiptText.Writable(receipt.ErrorCode!, MaxCode), receipt.ReceiptStatus == ReceiptStatus.INVALID ? Domain.Messages.ReceiptStatus.Invalid : Domain.Messages.ReceiptStatus.NotAllowed,
                ReceiptText.Writable(string.IsNullOrWhiteSpace(receipt.ErrorMessage) ? ReceiptError.RejectedByFagsystem.Text.ToString() : receipt.ErrorMessage, MaxText))),
        };
    }

    private DeliveryOutcome.Undecided Judge(Exception exception, bool timeIsUp) => exception switch
    {
        PostModtagException answered when Find<ContradictoryReceiptException>(answered) is null && Find<UnreadableReceiptException>(answered) is null => OfStatus(answered),
        ContradictoryReceiptException => new(UndecidedReason.Contradictory, (int)HttpStatusCode.OK),
        UnreadableReceiptException => new(UndecidedReason.Unreadable, (int)HttpStatusCode.OK),
        BrokenCircuitException broken => new(UndecidedReason.CircuitOpen, null, broken.RetryAfter),
        RateLimiterRejectedException => new(UndecidedReason.TooManyAtOnce),
        _ when timeIsUp => new(UndecidedReason.Timeout),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(UndecidedReason.TlsFailed),
        HttpRequestException or IOException or OperationCanceledException => new(UndecidedReason.ConnectionFailed),
        _ => new(UndecidedReason.Unreadable),
    };

    private DeliveryOutcome.Undecided OfStatus(PostModtagException answer)
    {
        var reason = answer.StatusCode switch
        {
            408 => UndecidedReason.RequestTimeout,
            429 => UndecidedReason.TooManyRequests,
            401 or 403 => UndecidedReason.NotAuthorized,
            404 or 405 or 415 => UndecidedReason.NotAnEndpoint,
            400 or 413 when IsProblem(answer) => UndecidedReason.NotTaken,
            >= 500 => UndecidedReason.ServerError,
            _ => UndecidedReason.Unreadable,
        };
        return new DeliveryOutcome.Undecided(reason, answer.StatusCode, RetryAfter(answer));
    }

    private static bool IsProblem(PostModtagException answer) =>
        answer.Headers.TryGetValue("Content-Type", out var types) && types.Any(type => type.StartsWith("application/problem+json", StringComparison.OrdinalIgnoreCase));

    private TimeSpan? RetryAfter(PostModtagException answer)
    {
        if (!answer.Headers.TryGetValue("Retry-After", out var values) || !System.Net.Http.Headers.RetryConditionHeaderValue.TryParse(values.First(), out var retry))
            return null;
        var wait = retry.Delta ?? retry.Date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
                return found;
        }

        return null;
    }
}
