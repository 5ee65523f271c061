using System.Net.Http.Headers;
using PostModtag.Contract;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>The generated client of EP_FS1, pointed at one fagsystem. It asks for JSON, and takes a receipt in XML as well.</summary>
internal sealed class FagsystemClient : PostModtagClient
{
    public FagsystemClient(HttpClient http, Uri endpoint, Stream memo, long length, string contentType)
        : base(http)
    {
        Memo = new StreamContent(memo)
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType), ContentLength = length },
        };
        Endpoint = endpoint;
    }

    /// <inheritdoc />
    protected override async Task<ObjectResponseResult<T>> ReadObjectResponseAsync<T>(
        HttpResponseMessage response, IReadOnlyDictionary<string, IEnumerable<string>> headers, CancellationToken cancellationToken)
    {
        if (typeof(T) != typeof(Receipt))
            return new ObjectResponseResult<T>((T)(object)new Problem(), ""); // The status says all that decides.
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (bytes.Length > BoundedAnswerHandler.MaxAnswer)
            throw new UnreadableReceiptException("The answer is too long for a receipt.");
        return new ObjectResponseResult<T>((T)(object)ReceiptAnswer.Read(bytes, response.Content.Headers.ContentType), "");
    }
}
