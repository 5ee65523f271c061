using System.Net;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>
/// Reads an answer whole, and no more of it than a receipt can be, before anything judges it: an answer that breaks off
/// or never ends is a failure of the fagsystem as one that never begins. Only an answer of 200 has a body that decides.
/// </summary>
internal sealed class BoundedAnswerHandler : DelegatingHandler
{
    /// <summary>The longest receipt, in bytes.</summary>
    public const int MaxAnswer = 256 * 1024;

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            var bytes = response.StatusCode == HttpStatusCode.OK ? await ReadAsync(response.Content, cancellationToken) : [];
            var whole = new ByteArrayContent(bytes);
            if (response.Content.Headers.ContentType is { } type)
                whole.Headers.ContentType = type;
            response.Content.Dispose();
            response.Content = whole;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>The whole body, or one byte more of it than there may be.</summary>
    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        var buffer = new byte[16_384];
        for (int read; whole.Length <= MaxAnswer && (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            whole.Write(buffer, 0, read);
        return whole.ToArray();
    }
}
