using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PostModtag.Conformance.Tests;

/// <summary>An EP_FS1 that does one thing wrong: what it is asked it asks ours, and changes the answer.</summary>
internal sealed class WrongServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _right;

    private WrongServer(WebApplication app, HttpClient right) => (_app, _right) = (app, right);

    /// <summary>Its address.</summary>
    public Uri Endpoint => new($"{_app.Urls.First()}/PostModtag");

    /// <param name="right">The endpoint that does it right.</param>
    /// <param name="instead">Answers in its place; false to have it asked. Null never does.</param>
    /// <param name="change">Changes its answer, and what was asked of it.</param>
    public static async Task<WrongServer> StartAsync(Uri right, Func<HttpContext, byte[], Task<bool>>? instead, Action<RightAnswer>? change)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { Timeout = TimeSpan.FromMinutes(2) };
        app.Run(async context =>
        {
            var body = new MemoryStream();
            try
            {
                await context.Request.Body.CopyToAsync(body);
            }
            catch (Exception exception) when (exception is IOException or BadHttpRequestException)
            {
                context.Response.StatusCode = StatusCodes.Status408RequestTimeout;
                return;
            }

            if (instead is not null && await instead(context, body.ToArray()))
                return;
            var answer = await AskAsync(client, right, context, body.ToArray());
            change?.Invoke(answer);
            await answer.WriteAsync(context);
        });
        await app.StartAsync();
        return new WrongServer(app, client);
    }

    public async ValueTask DisposeAsync()
    {
        _right.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<RightAnswer> AskAsync(HttpClient client, Uri right, HttpContext context, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), right) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Content-Length" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        using var answer = await client.SendAsync(request);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Content-Length")).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new RightAnswer(context.Request.Headers.Accept.ToString(), Encoding.UTF8.GetString(body)) { Status = (int)answer.StatusCode, Headers = headers, Body = await answer.Content.ReadAsStringAsync() };
    }
}

/// <summary>What the right endpoint answered, to be changed.</summary>
/// <param name="accept">The Accept of the call.</param>
/// <param name="message">What was sent.</param>
internal sealed class RightAnswer(string accept, string message)
{
    public string Accept { get; } = accept;

    public string Message { get; } = message;

    public required int Status { get; set; }

    public required Dictionary<string, string> Headers { get; init; }

    public required string Body { get; set; }

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(Body);
    }
}
