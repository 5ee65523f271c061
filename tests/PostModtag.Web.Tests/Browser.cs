using Microsoft.Playwright;

namespace PostModtag.Web.Tests;

/// <summary>Debian's Chromium, started once for all tests. Each test has a context of its own, which is a browser without a past.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Longer than a page takes on a machine that does much else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            Args = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run", "--hide-scrollbars"],
        });
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>A browser that has been nowhere.</summary>
    public Task<IBrowserContext> NewAsync(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light) => _browser.NewContextAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = height },
        ColorScheme = scheme,
        ReducedMotion = ReducedMotion.Reduce,
    });

    private static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("The tests of the console need Chromium: apt-get install chromium.");
}

/// <summary>One browser for all tests, one after the other: a page that is loaded while another is measured is another page's time.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleTests : ICollectionFixture<Browser>
{
    public const string Name = "Console";
}
