using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PostModtag.Api.ConsoleAccess;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>A server with its console, and a person who has signed in to it with the one-time password.</summary>
public sealed class ConsoleServer : IAsyncDisposable
{
    public const string Person = "Bente Administrator";

    private ConsoleServer(TestServer server) => Server = server;

    public TestServer Server { get; }

    /// <summary>The console's address. The host is a name: the console is for this machine by its name.</summary>
    public string Address => Server.Address.ToString().TrimEnd('/').Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>The one-time password that is good now.</summary>
    public string Password => Server.Services.GetRequiredService<OneTimePassword>().Now;

    public static async Task<ConsoleServer> StartAsync(params string[] settings) => new(await TestServer.StartAsync(settings: settings));

    /// <param name="configure">Replaces what is registered.</param>
    public static async Task<ConsoleServer> StartAsync(Action<IServiceCollection> configure) => new(await TestServer.StartAsync(configure));

    /// <summary>Signs in, in a browser that has been nowhere.</summary>
    public async Task<IPage> SignInAsync(IBrowserContext context, string language = "da")
    {
        await context.AddCookiesAsync([new Cookie { Name = "postmodtag-view", Value = $"{language}.auto", Url = Address }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Address}/log-ind");
        await page.FillAsync("#name", Person);
        await page.FillAsync("#password", Password);
        await page.ClickAsync("main button.primary");
        await page.WaitForURLAsync($"{Address}/");
        return page;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
