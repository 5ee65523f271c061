using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.DigitalPost;

/// <summary>Digital Post's REST API, as far as this server uses it.</summary>
public interface IDigitalPost
{
    /// <summary>Sends a business receipt (<c>POST memos/{id}/receipt</c>). Whatever goes wrong on the way is an outcome and no exception.</summary>
    Task<OutboxOutcome> SendReceiptAsync(Receipt receipt, CancellationToken cancellationToken);

    /// <summary>The messages that wait to be fetched (<c>GET memos/</c>), page after page.</summary>
    /// <exception cref="DigitalPostException">It did not say.</exception>
    IAsyncEnumerable<Guid> ListMemosAsync(CancellationToken cancellationToken);

    /// <summary>Opens a message (<c>GET memos/{id}</c>); null when it is no longer there.</summary>
    /// <exception cref="DigitalPostException">It did not come.</exception>
    Task<PulledMemo?> OpenMemoAsync(Guid messageUuid, CancellationToken cancellationToken);

    /// <summary>Deletes a message that has been dealt with (<c>DELETE memos/{id}</c>); one that is no longer there is no error.</summary>
    /// <exception cref="DigitalPostException">It was not deleted.</exception>
    Task DeleteMemoAsync(Guid messageUuid, CancellationToken cancellationToken);
}

/// <summary>A message on its way from Digital Post. Dispose it when it has been read.</summary>
public sealed class PulledMemo(Stream body, string contentType, System.Text.Encoding? charset, IDisposable response) : IAsyncDisposable
{
    /// <summary>The XML, as it comes.</summary>
    public Stream Body { get; } = body;

    /// <summary>The Content-Type that it has.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>The charset that the Content-Type names; null when it names none.</summary>
    public System.Text.Encoding? Charset { get; } = charset;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync();
        response.Dispose();
    }
}

/// <summary>Digital Post did not do what it was asked. The message says nothing of what it answered: that may be personal data.</summary>
public sealed class DigitalPostException(UndecidedReason reason, int? httpStatus, TimeSpan? retryAfter = null) : Exception($"Digital Post: {reason}, HTTP status {httpStatus}")
{
    /// <summary>What came in the place of what was asked for.</summary>
    public UndecidedReason Reason { get; } = reason;

    /// <summary>The HTTP status, where there was one.</summary>
    public int? HttpStatus { get; } = httpStatus;

    /// <summary>How long Digital Post asked to be left alone, where it did.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
