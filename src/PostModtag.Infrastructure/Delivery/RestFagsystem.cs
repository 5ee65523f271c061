using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Contract;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>Sends messages to fagsystemer on other hosts, and judges what comes back.</summary>
internal sealed class RestFagsystem(FagsystemConnections connections, IContentStore contents, TimeProvider clock) : IRestFagsystem
{
    private const int Ok = 200;

    /// <inheritdoc />
    public async Task<DeliveryOutcome> DeliverAsync(Message message, Fagsystem fagsystem, CancellationToken cancellationToken)
    {
        if (fagsystem.Rest is null)
            return new DeliveryOutcome.Undecided(UndecidedReason.TakesNone);

        // What goes wrong with this server's own database or disk is no answer of the fagsystem's.
        await using var memo = await contents.OpenReadAsync(message.Xml, CancellationToken.None);
        FagsystemConnection connection;
        try
        {
            connection = await connections.ToAsync(fagsystem, CancellationToken.None);
        }
        catch (CredentialLostException)
        {
            return new DeliveryOutcome.Undecided(UndecidedReason.CredentialLost);
        }

        try
        {
            var client = new FagsystemClient(connection.Http, connection.Endpoint, memo, message.Xml.Length, message.ContentType);
            var answer = await client.ReceiveMessageAsync(message.TransactionId, cancellationToken);
            return ReceiptAnswer.Judge(answer.Result, message);
        }
#pragma warning disable CA1031 // Whatever happens on the way, it is not decided.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Judge(exception, cancellationToken.IsCancellationRequested);
        }
    }

    /// <inheritdoc />
    public async Task<FagsystemProbe> ProbeAsync(Fagsystem fagsystem, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            var connection = await connections.ToAsync(fagsystem, cancellationToken);
            using var answer = await connection.Http.GetAsync(connection.Endpoint, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new FagsystemProbe(ProblemOf((int)answer.StatusCode), (int)answer.StatusCode, clock.GetElapsedTime(started));
        }
        catch (CredentialLostException)
        {
            return new FagsystemProbe(UndecidedReason.CredentialLost, null, clock.GetElapsedTime(started));
        }
#pragma warning disable CA1031 // Whatever happens on the way is what the call was made to find out.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new FagsystemProbe(Judge(exception, timeIsUp: false).Reason, null, clock.GetElapsedTime(started));
        }
    }

    /// <summary>An EP_FS1 takes POST only, and says so (405), whoever asks; one that wants to know who asks first says that.</summary>
    private static UndecidedReason? ProblemOf(int status) => status switch
    {
        405 => null,
        401 or 403 => UndecidedReason.NotAuthorized,
        404 => UndecidedReason.NotAnEndpoint,
        408 => UndecidedReason.RequestTimeout,
        429 => UndecidedReason.TooManyRequests,
        >= 500 => UndecidedReason.ServerError,
        _ => UndecidedReason.Unreadable,
    };

    /// <inheritdoc />
    public ConnectionStatus StatusOf(Fagsystem fagsystem) => connections.StatusOf(fagsystem);

    private DeliveryOutcome.Undecided Judge(Exception exception, bool timeIsUp) => exception switch
    {
        PostModtagException answered => OfStatus(answered),
        ContradictoryReceiptException => new(UndecidedReason.Contradictory, Ok),
        UnreadableReceiptException => new(UndecidedReason.Unreadable, Ok),
        BrokenCircuitException broken => new(UndecidedReason.CircuitOpen, null, broken.RetryAfter),
        RateLimiterRejectedException => new(UndecidedReason.TooManyAtOnce),
        TimeoutRejectedException => new(UndecidedReason.Timeout),
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
        return new DeliveryOutcome.Undecided(reason, answer.StatusCode, reason is UndecidedReason.TooManyRequests or UndecidedReason.ServerError ? RetryAfter(answer) : null);
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
}
