using System.Globalization;
using System.Net.Http.Headers;

namespace PostModtag.Contract;

/// <summary>
/// The typed client of EP_FS1. The generated part knows the answers and the errors; this part gives it the body, which is
/// streamed and never bound to a type.
/// </summary>
public partial class PostModtagClient
{
    // A server that refuses a large body says so before it is sent, and does not break off in the middle of it.
    private const long AskFirst = 1_000_000;

    /// <summary>The body of the next call.</summary>
    protected HttpContent? Memo { get; init; }

    /// <summary>The address of the endpoint itself; null for <c>PostModtag</c> below the HTTP client's base address.</summary>
    protected Uri? Endpoint { get; init; }

    /// <summary>Posts one MeMo message and returns its receipt.</summary>
    /// <param name="memo">The message's bytes; streamed once.</param>
    /// <param name="contentType">Their Content-Type: application/xml or text/xml, with or without charset.</param>
    /// <param name="transactionId">The x-TransaktionsId; the same each time the same message is sent.</param>
    /// <param name="cancellationToken">Ends the call; the message may have been received all the same.</param>
    /// <exception cref="PostModtagException{Problem}">The answer is a problem: 4xx final, 408 and 503 send again.</exception>
    /// <exception cref="PostModtagException">The answer is none that the contract knows.</exception>
    /// <exception cref="HttpRequestException">There was no answer; send the same message again.</exception>
    public Task<PostModtagResponse<Receipt>> ReceiveMessageAsync(
        Stream memo, string contentType, Guid transactionId, CancellationToken cancellationToken)
    {
        var body = new StreamContent(memo);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new PostModtagClient(_httpClient) { Memo = body, Endpoint = Endpoint }.ReceiveMessageAsync(transactionId, cancellationToken);
    }

    partial void PrepareRequest(HttpClient client, HttpRequestMessage request, string url)
    {
        request.Content = Memo ?? throw new InvalidOperationException("Call the overload that takes the message.");
        request.RequestUri = Endpoint ?? request.RequestUri;
        request.Headers.ExpectContinue = Memo.Headers.ContentLength > AskFirst;
        request.Headers.TryAddWithoutValidation(
            "x-TransaktionsTid", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
