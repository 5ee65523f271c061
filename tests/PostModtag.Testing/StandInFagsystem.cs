using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace PostModtag.Testing;

/// <summary>A fagsystem on another host: real Kestrel that answers as the test says, and remembers what it was asked.</summary>
public sealed partial class StandInFagsystem : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandInFagsystem(WebApplication app) => _app = app;

    /// <summary>The address of its EP_FS1.</summary>
    public string Url => $"{_app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/PostModtag";

    /// <summary>What it was asked, in the order in which the calls had come whole.</summary>
    public ConcurrentQueue<StandInCall> Calls { get; } = new();

    /// <summary>How it answers; it accepts unless told otherwise.</summary>
    public StandInAnswer Answer { get; set; } = StandInAnswers.Accept;

    /// <summary>How it answers before it has read the body; null to read it first.</summary>
    public StandInAnswer? AnswerEarly { get; set; }

    /// <summary>Is told how much of a call has come.</summary>
    public Func<long, bool>? OnBytes { get; set; }

    /// <param name="certificate">Its own certificate, for HTTPS, where it asks for a client certificate; null for HTTP.</param>
    /// <param name="port">Where it listens; 0 for any free port.</param>
    public static async Task<StandInFagsystem> StartAsync(X509Certificate2? certificate = null, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls($"{(certificate is null ? "http" : "https")}://127.0.0.1:{port}").ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.ServerCertificate = certificate;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var standIn = new StandInFagsystem(app);
        app.Run(standIn.TakeAsync);
        await app.StartAsync();
        return standIn;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        if (AnswerEarly is { } early)
        {
            await early(new StandInCall(context.Request.Method, context.Request.Path, Guid.Empty, 0, "", Headers(context.Request), null), context);
            return;
        }

        var call = await ReadAsync(context.Request);
        Calls.Enqueue(call);
        await Answer(call, context);
    }

    private async Task<StandInCall> ReadAsync(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, head, length) = (new byte[65_536], new MemoryStream(), 0L);
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0; length += read)
        {
            hash.AppendData(buffer, 0, read);
            OnBytes?.Invoke(length + read);
            if (head.Length < 16_384)
                head.Write(buffer, 0, read);
        }

        head.Position = 0;
        using var text = new StreamReader(head, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        _ = Guid.TryParse(MessageUuid().Match(await text.ReadToEndAsync()).Groups[1].Value, out var messageUuid);
        return new StandInCall(request.Method, request.Path, messageUuid, length, Convert.ToHexStringLower(hash.GetHashAndReset()), Headers(request),
            request.HttpContext.Connection.ClientCertificate?.GetCertHashString(HashAlgorithmName.SHA256));
    }

    private static Dictionary<string, string> Headers(HttpRequest request) =>
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("messageUUID>([^<]*)<")]
    private static partial Regex MessageUuid();
}

/// <summary>What the stand-in does with a call that has come whole.</summary>
public delegate Task StandInAnswer(StandInCall call, HttpContext context);

/// <summary>What the stand-in was asked.</summary>
public sealed record StandInCall(string Method, string Path, Guid MessageUuid, long Length, string Sha256, IReadOnlyDictionary<string, string> Headers, string? ClientCertificate)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
