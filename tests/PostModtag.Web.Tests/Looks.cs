using Microsoft.Playwright;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>Every page, once through for a person to look at. It runs when POSTMODTAG_LOOKS names a folder.</summary>
[Collection(ConsoleTests.Name)]
public sealed class Looks(Browser browser)
{
    [Fact]
    public async Task Every_page_can_be_looked_at()
    {
        if (Environment.GetEnvironmentVariable("POSTMODTAG_LOOKS") is not { Length: > 0 } folder)
            return;
        await using var console = await ConsoleServer.StartAsync();
        using var nobody = new ClosedPort();
        await Sample.FillAsync(console.Server, $"http://localhost:{nobody.Number}/PostModtag");
        var state = await SignedInAsync(console);
        foreach (var (look, width, scheme, language) in new[] { ("light", 1280, ColorScheme.Light, "da"), ("dark", 1280, ColorScheme.Dark, "en"), ("390", 390, ColorScheme.Light, "da"), ("320", 320, ColorScheme.Light, "en") })
        {
            await using var context = await browser.NewAsync(width, 900, scheme);
            await context.AddCookiesAsync(state.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Name == "postmodtag-view" ? $"{language}.auto" : cookie.Value, Url = console.Address }));
            var page = await context.NewPageAsync();
            foreach (var (name, path) in ConsolePages.All)
            {
                await page.GotoAsync(console.Address + path);
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{look}.png"), FullPage = true });
            }
        }
    }

    private async Task<IReadOnlyList<BrowserContextCookiesResult>> SignedInAsync(ConsoleServer console)
    {
        await using var context = await browser.NewAsync();
        await console.SignInAsync(context);
        return await context.CookiesAsync();
    }
}
