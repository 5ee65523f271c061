using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace PostModtag.Testing;

/// <summary>Digital Post's REST API on real Kestrel: takes receipts, gives and deletes messages, and answers otherwise when the test says so.</summary>
public sealed class StandInDigitalPost : IAsyncDisposable
{
    private const int PageSize = 3;

    private readonly WebApplication _app;

    private StandInDigitalPost(WebApplication app) => _app = app;

    /// <summary>The API's address.</summary>
    public string Url => $"{_app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/apis/v1";

    /// <summary>The receipts that came, taken or not, in their order.</summary>
    public ConcurrentQueue<StandInReceipt> Receipts { get; } = new();

    /// <summary>The messages that wait to be fetched.</summary>
    public ConcurrentDictionary<Guid, byte[]> Memos { get; } = new();

    /// <summary>Every call, such as <c>DELETE memos/…</c>, in its order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The certificates and Authorization headers that came.</summary>
    public ConcurrentQueue<(string? Certificate, string? Authorization)> Callers { get; } = new();

    /// <summary>Answers in the place of the API, and says whether it has; null to answer as the API does.</summary>
    public Func<HttpContext, string, Task<bool>>? Instead { get; set; }

    /// <param name="certificate">Its own certificate, for HTTPS; null for HTTP.</param>
    /// <param name="port">Where it listens; 0 for any free port.</param>
    public static async Task<StandInDigitalPost> StartAsync(X509Certificate2? certificate = null, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls($"{(certificate is null ? "http" : "https")}://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        }));
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var standIn = new StandInDigitalPost(app);
        app.Run(standIn.AnswerAsync);
        await app.StartAsync();
        return standIn;
    }

    /// <summary>Puts a message where it can be fetched.</summary>
    public void Offer(TestMemo memo) => Memos[memo.Uuid] = memo.ToBytes();

    /// <summary>Answers every call, or those that have that in them, with this status and Digital Post's error message or none.</summary>
    public void AnswerWith(int status, string? code = null, string? onlyTo = null, TimeSpan? retryAfter = null) => Instead = async (context, call) =>
    {
        if (onlyTo is not null && !call.Contains(onlyTo, StringComparison.Ordinal))
            return false;
        context.Response.StatusCode = status;
        if (retryAfter is { } wait)
            context.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (code is not null)
            await context.Response.WriteAsJsonAsync(new { code, message = "Kvitteringen passer ikke" });
        return true;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!["/apis/v1/".Length..];
        var call = $"{context.Request.Method} {path}";
        Calls.Enqueue(call);
        Callers.Enqueue((context.Connection.ClientCertificate?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), context.Request.Headers.Authorization));
        if (call.EndsWith("/receipt", StringComparison.Ordinal))
            Receipts.Enqueue((await JsonSerializer.DeserializeAsync<StandInReceipt>(context.Request.Body, JsonSerializerOptions.Web))!);
        if (Instead is { } instead && await instead(context, call))
            return;

        var id = Guid.TryParse(path.Split('/').ElementAtOrDefault(1), out var uuid) ? uuid : Guid.Empty;
        await (context.Request.Method switch
        {
            "GET" when id == Guid.Empty => ListAsync(context),
            "GET" when Memos.TryGetValue(id, out var memo) => GiveAsync(context, memo),
            "DELETE" when Memos.TryRemove(id, out _) => Task.CompletedTask,
            "POST" => Task.CompletedTask,
            _ => NotFoundAsync(context),
        });
    }

    private Task ListAsync(HttpContext context)
    {
        var page = int.Parse(context.Request.Query["page"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        var all = Memos.Keys.Order().ToList();
        var memos = all.Skip(page * PageSize).Take(PageSize).Select(id => new { id });
        return context.Response.WriteAsJsonAsync(new { currentPage = page, totalPages = (all.Count + PageSize - 1) / PageSize, totalElements = all.Count, memos });
    }

    private static async Task GiveAsync(HttpContext context, byte[] memo)
    {
        context.Response.ContentType = "application/xml";
        await context.Response.Body.WriteAsync(memo);
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return context.Response.WriteAsJsonAsync(new { code = "memo.not.found", message = "There is no such memo" });
    }
}

/// <summary>A receipt as Digital Post's API has it.</summary>
public sealed record StandInReceipt(Guid TransmissionId, Guid MessageUuid, string? MessageId, string? ErrorCode, string? ErrorMessage, DateTimeOffset TimeStamp, string ReceiptStatus);
