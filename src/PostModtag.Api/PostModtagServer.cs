using System.Net;
using Microsoft.Extensions.Options;
using PostModtag.Api.Documentation;
using PostModtag.Api.Health;
using PostModtag.Api.Http;
using PostModtag.Application;
using PostModtag.Infrastructure;
using PostModtag.Infrastructure.Storage;

namespace PostModtag.Api;

/// <summary>Puts the server together; <c>Program.cs</c>, a vendor's or ours, adds its fagsystemer between the two calls.</summary>
public static class PostModtagServer
{
    /// <summary>Where the server listens when it is not told otherwise.</summary>
    public const string DefaultUrl = "http://localhost:5606";

    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <summary>A builder with everything of PostModtag registered.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Settings lie beside the program, wherever it is started from; data lies where it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddPostModtagApplication(builder.Configuration);
        builder.Services.AddPostModtagInfrastructure();
        builder.Services.AddPostModtagApi(builder.Configuration);
        builder.Logging.AddPostModtagLogging();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (!IsAddressGiven(builder.Configuration))
            builder.WebHost.UseUrls(DefaultUrl);
        return builder;
    }

    /// <summary>The server, ready to be started.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseMiddleware<TransactionMiddleware>();
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseStatusCodePages(page => Problems.OfStatus(page.HttpContext).ExecuteAsync(page.HttpContext));
        app.UseRouting();
        app.MapControllers();
        app.MapDocumentation();
        app.MapHealth();
        app.Lifetime.ApplicationStarted.Register(() => app.WarnWhenOpenToOthers());
        return app;
    }

    /// <summary>Runs the server until it is stopped. 0 when it was stopped, 1 when it could not start; then it has said why.</summary>
    public static async Task<int> RunAsync(WebApplicationBuilder builder)
    {
        try
        {
            var app = Build(builder);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (Explain(exception) is { } why)
        {
            await Console.Error.WriteLineAsync($"PostModtag cannot start. {why}");
            return 1;
        }
    }

    private static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } settings =>
            $"A setting under PostModtag is not known, or has a value of the wrong kind: {settings.Message}",
        StorageUnavailableException storage => storage.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } address => $"{address.Message} Stop what listens there, or choose another address with --urls.",
        _ => null,
    };

    private static bool IsAddressGiven(ConfigurationManager configuration) =>
        AddressKeys.Any(key => !string.IsNullOrEmpty(configuration[key])) || configuration.GetSection("Kestrel:Endpoints").Exists();

    private static void WarnWhenOpenToOthers(this WebApplication app)
    {
        foreach (var url in app.Urls.Where(url => !IsLoopback(url)))
            StartupLog.OpenToOthers(app.Logger, url);
    }

    private static bool IsLoopback(string url) =>
        BindingAddress.Parse(url).Host is var host
        && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)));
}

/// <summary>What starting writes to the log.</summary>
internal static partial class StartupLog
{
    [LoggerMessage(1, LogLevel.Warning, "The server listens on {Url}, which others can reach, and lets everyone in: put it behind something that does not, or bind it to localhost.")]
    public static partial void OpenToOthers(ILogger log, string url);
}
