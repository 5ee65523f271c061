using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PostModtag.Api;
using PostModtag.Contract;
using PostModtag.Contract.Administration;

namespace PostModtag.Testing;

/// <summary>The real server on real Kestrel over loopback, with a data folder of its own that goes with it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private TestServer(WebApplication app, string dataFolder, bool ownsFolder, LogRecorder log)
    {
        _app = app;
        _ownsFolder = ownsFolder;
        DataFolder = dataFolder;
        Log = log;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => Client.BaseAddress!;

    public PostModtagClient PostModtag => new(Client);

    public MessagesClient Messages => new(Client);

    public FagsystemerClient Fagsystemer => new(Client);

    public DraftsClient Drafts => new(Client);

    public PublicationsClient Publications => new(Client);

    public ExplanationsClient Explanations => new(Client);

    public OutboxClient Outbox => new(Client);

    public AuditClient Audit => new(Client);

    public CountdownsClient Countdowns => new(Client);

    public string DataFolder { get; }

    public LogRecorder Log { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="configure">Adds fagsystemer, or replaces what is registered.</param>
    /// <param name="dataFolder">A folder that stays; a new one, that goes with the server, when null.</param>
    /// <param name="settings">Settings as on the command line: <c>--PostModtag:Name=value</c>.</param>
    public static async Task<TestServer> StartAsync(Action<IServiceCollection>? configure = null, string? dataFolder = null, params string[] settings)
    {
        var folder = dataFolder ?? Directory.CreateTempSubdirectory("postmodtag-").FullName;
        var builder = PostModtagServer.CreateBuilder(["--urls=http://127.0.0.1:0", $"--PostModtag:DataFolder={folder}", .. IsDatabaseGiven(settings) ? [] : TestDatabase.SettingsFor(folder), .. settings]);
        var log = new LogRecorder();
        foreach (var console in builder.Services.Where(service => service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType?.Namespace is { } its && (its.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal) || its.StartsWith("PostModtag", StringComparison.Ordinal))).ToList())
            builder.Services.Remove(console);
        builder.Logging.AddProvider(log);
        configure?.Invoke(builder.Services);
        var app = PostModtagServer.Build(builder);
        await app.StartAsync();
        return new TestServer(app, folder, dataFolder is null, log);
    }

    private static bool IsDatabaseGiven(string[] settings) => Array.Exists(settings, setting => setting.StartsWith("--PostModtag:PostgreSql=", StringComparison.Ordinal));

    /// <summary>Posts bytes to EP_FS1 as a plain HTTP client does.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        byte[] body, string? accept = null, string contentType = "application/xml", string? transactionId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (transactionId is not null)
            request.Headers.TryAddWithoutValidation("x-TransaktionsId", transactionId);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_ownsFolder)
            return;
        TestDatabase.Drop(DataFolder);
        Directory.Delete(DataFolder, recursive: true);
    }
}
