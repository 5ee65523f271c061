using Microsoft.Extensions.Options;
using PostModtag.Api.Access;
using PostModtag.Api.ConsoleAccess;
using PostModtag.Api.Documentation;
using PostModtag.Api.Health;
using PostModtag.Api.Http;
using PostModtag.Api.Telemetry;
using PostModtag.Application;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure;
using PostModtag.Infrastructure.Storage;
using PostModtag.Web;

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
        ConsoleLog.Use(builder.Services);
        builder.AddTelemetry();
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
        app.UseStatusCodePages(page => (ConsoleAnswers.IsForPage(page.HttpContext) ? ConsoleAnswers.OfStatus(page.HttpContext) : Problems.OfStatus(page.HttpContext)).ExecuteAsync(page.HttpContext));
        app.UseRouting();
        app.UseMiddleware<LimitsMiddleware>();
        app.UseMiddleware<ProxiedScheme>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<CallerRateMiddleware>();
        app.UsePostModtagWeb();
        app.MapControllers();
        app.MapDocumentation();
        app.MapHealth();
        app.MapMetrics();
        app.MapPostModtagWeb();
        return app;
    }

    /// <summary>Runs the server until it is stopped. 0 when it was stopped; 1 when it could not start, and then it has said why.</summary>
    public static async Task<int> RunAsync(WebApplicationBuilder builder)
    {
        try
        {
            await Build(builder).RunAsync();
            return 0;
        }
        catch (Exception exception) when (Explain(exception) is { } why)
        {
            await Console.Error.WriteLineAsync($"PostModtag cannot start. {why}");
            return 1;
        }
    }

    /// <summary>What a person is told of a fault that keeps the server from starting; null for one that is a bug.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } settings =>
            $"A setting under PostModtag is not known, or has a value of the wrong kind: {settings.Message}",
        StorageUnavailableException storage => storage.Message,
        OperationRefusedException refused => refused.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } address => $"{address.Message} Stop what listens there, or choose another address with --urls.",
        _ => null,
    };

    private static bool IsAddressGiven(ConfigurationManager configuration) =>
        AddressKeys.Any(key => !string.IsNullOrEmpty(configuration[key])) || configuration.GetSection("Kestrel:Endpoints").Exists();
}
