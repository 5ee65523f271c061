using Microsoft.Playwright;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>A server with the sample in it, for tests that change nothing that another looks at.</summary>
public sealed class SampleConsole : IAsyncLifetime, IDisposable
{
    private ClosedPort? _nobody;
    private IReadOnlyList<Cookie> _cookies = [];

    public ConsoleServer Console { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Console = await ConsoleServer.StartAsync();
        _nobody = new ClosedPort();
        await Sample.FillAsync(Console.Server, $"http://localhost:{_nobody.Number}/PostModtag");
    }

    public async Task DisposeAsync()
    {
        await Console.DisposeAsync();
        Dispose();
    }

    public void Dispose() => _nobody?.Dispose();

    /// <summary>A page of somebody who has signed in.</summary>
    public async Task<IPage> OpenAsync(IBrowserContext context, string path, string language = "da")
    {
        if (_cookies.Count == 0)
        {
            await (await Console.SignInAsync(context, language)).CloseAsync();
            _cookies = [.. (await context.CookiesAsync()).Where(cookie => cookie.Name == "postmodtag").Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Console.Address })];
        }

        await context.AddCookiesAsync([.. _cookies, new Cookie { Name = "postmodtag-view", Value = $"{language}.auto", Url = Console.Address }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Console.Address + path);
        return page;
    }
}
