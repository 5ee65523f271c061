using System.Net.Http.Headers;
using PostModtag.Contract;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>
/// The generated client of EP_FS1, pointed at one fagsystem. It asks for JSON, and takes a receipt in XML as well; what it
/// reads of an answer is bounded.
/// </summary>
internal sealed class FagsystemClient : PostModtagClient
{
    private const int MaxAnswer = 256 * 1024;

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
        var bytes = await ReadAsync(response.Content, cancellationToken);
        return new ObjectResponseResult<T>((T)(object)ReceiptAnswer.Read(bytes, response.Content.Headers.ContentType), "");
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[MaxAnswer + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxAnswer ? bytes[..length] : throw new UnreadableReceiptException("The answer is too long for a receipt.");
    }
}
