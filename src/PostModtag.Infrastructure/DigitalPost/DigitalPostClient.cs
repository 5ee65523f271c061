using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.DigitalPost;
using PostModtag.Application.Fagsystemer;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;

namespace PostModtag.Infrastructure.DigitalPost;

/// <summary>Calls Digital Post's REST API.</summary>
internal sealed class DigitalPostClient(IOptions<PostModtagOptions> options, TimeProvider clock) : IDigitalPost, IDisposable
{
    private const int MaxAnswer = 1024 * 1024;
    private const int MaxPages = 1000;
    private const string Xml = "application/xml";

    private readonly Lazy<HttpClient> _http = new(() => Connect(options.Value.DigitalPost));

    /// <inheritdoc />
    public async Task<OutboxOutcome> SendReceiptAsync(Receipt receipt, CancellationToken cancellationToken)
    {
        try
        {
            using var content = JsonContent.Create(ReceiptJson.Of(receipt));
            using var response = await SendAsync(HttpMethod.Post, $"memos/{receipt.MessageUuid}/receipt", content, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (response.IsSuccessStatusCode)
                return new OutboxOutcome(OutboxState.Taken, null, (int)response.StatusCode);
            var error = await ErrorMessage.ReadAsync(response.Content, cancellationToken);
            var reason = ReasonOf(response.StatusCode, error);
            return new OutboxOutcome(
                reason == UndecidedReason.NotTaken ? OutboxState.Refused : null, reason, (int)response.StatusCode, error?.Code, error?.Message, RetryAfter(response));
        }
        catch (DigitalPostException exception)
        {
            return new OutboxOutcome(null, exception.Reason);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Guid> ListMemosAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = 1;
        for (var number = 0; number < pages && number < MaxPages; number++)
        {
            using var response = await SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"memos/?page={number}"), null, HttpCompletionOption.ResponseContentRead, cancellationToken);
            var page = response.IsSuccessStatusCode ? await MemoPage.ReadAsync(response.Content, cancellationToken) : throw await FaultOfAsync(response, cancellationToken);
            pages = page?.TotalPages ?? throw new DigitalPostException(UndecidedReason.Unreadable, (int)response.StatusCode);
            foreach (var messageUuid in page.MessageUuids)
                yield return messageUuid;
        }
    }

    /// <inheritdoc />
    public async Task<PulledMemo?> OpenMemoAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        var response = await SendAsync(HttpMethod.Get, $"memos/{messageUuid}", null, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            var type = response.Content.Headers.ContentType;
            return new PulledMemo(await response.Content.ReadAsStreamAsync(cancellationToken), type?.ToString() ?? Xml, CharsetOf(type?.CharSet), response);
        }

        using (response)
            return await IsGoneAsync(response, cancellationToken) ? null : throw await FaultOfAsync(response, cancellationToken);
    }

    /// <inheritdoc />
    public async Task DeleteMemoAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, $"memos/{messageUuid}", null, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (!response.IsSuccessStatusCode && !await IsGoneAsync(response, cancellationToken))
            throw await FaultOfAsync(response, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    private static HttpClient Connect(DigitalPostOptions settings)
    {
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (settings.CertificateFile is { } file)
            sockets.SslOptions.ClientCertificates = [X509CertificateLoader.LoadPkcs12FromFile(file, settings.CertificatePassword)];
        if (settings.TrustedCertificatesFile is { } trusted)
        {
            sockets.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            sockets.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(TrustedCertificates.Read(File.ReadAllText(trusted)));
        }

        var http = new HttpClient(sockets)
        {
            BaseAddress = new Uri(settings.Url!.TrimEnd('/') + "/"),
            Timeout = settings.Timeout,
            MaxResponseContentBufferSize = MaxAnswer,
        };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", $"{Xml}, application/json");
        if (settings.Authorization is { } authorization)
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return http;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            return await _http.Value.SendAsync(request, completion, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            throw new DigitalPostException(
                exception switch
                {
                    HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => UndecidedReason.TlsFailed,
                    OperationCanceledException => UndecidedReason.Timeout,
                    _ => UndecidedReason.ConnectionFailed,
                },
                null);
        }
    }

    private async Task<DigitalPostException> FaultOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(ReasonOf(response.StatusCode, await ErrorMessage.ReadAsync(response.Content, cancellationToken)), (int)response.StatusCode, RetryAfter(response));

    /// <summary>Whether Digital Post says that there is no such message; a 404 of another make says that the address is wrong.</summary>
    private static async Task<bool> IsGoneAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone && await ErrorMessage.ReadAsync(response.Content, cancellationToken) is not null;

    private static UndecidedReason ReasonOf(HttpStatusCode status, ErrorMessage? error) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => UndecidedReason.NotAuthorized,
        HttpStatusCode.RequestTimeout => UndecidedReason.RequestTimeout,
        HttpStatusCode.TooManyRequests => UndecidedReason.TooManyRequests,
        >= HttpStatusCode.InternalServerError => UndecidedReason.ServerError,

        // A wrong address answers 404 to everything; nothing is refused for that.
        >= HttpStatusCode.BadRequest => error is null ? UndecidedReason.NotAnEndpoint : UndecidedReason.NotTaken,
        _ => UndecidedReason.NotAnEndpoint,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var retryAfter = response.Headers.RetryAfter;
        return retryAfter?.Delta ?? (retryAfter?.Date - clock.GetUtcNow());
    }

    private static Encoding? CharsetOf(string? name)
    {
        try
        {
            return name is null ? null : Encoding.GetEncoding(name.Trim('"'));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
