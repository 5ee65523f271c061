using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PostModtag.Web.Tests;

/// <summary>Every page, in both languages and both themes: axe-core finds nothing, the browser complains of nothing, and nothing is wider than a narrow phone.</summary>
[Collection(ConsoleTests.Name)]
public sealed class AccessibilityTests(Browser browser, SampleConsole sample) : IClassFixture<SampleConsole>
{
    [Theory]
    [InlineData("da", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_any_page_and_the_browser_complains_of_none(string language, ColorScheme scheme)
    {
        await using var context = await browser.NewAsync(scheme: scheme);
        var page = await sample.OpenAsync(context, "/", language);
        var found = new List<string>();
        page.Console += (_, message) =>
        {
            // That a page is not there is what one of them is about.
            if (message.Type is "error" or "warning" && !message.Text.Contains("404", StringComparison.Ordinal))
                found.Add($"{page.Url}: {message.Text}");
        };
        foreach (var (name, path) in ConsolePages.All)
        {
            await page.GotoAsync(sample.Console.Address + path);
            (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);

            // What is folded is looked at too.
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
            var result = await page.RunAxe();
            found.AddRange(result.Violations.Select(violation => $"{name}: {violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
        }

        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(640)]
    public async Task No_page_is_wider_than_a_narrow_phone_or_a_window_at_200_percent(int width)
    {
        await using var context = await browser.NewAsync(width, 800);
        var page = await sample.OpenAsync(context, "/");
        var wide = new List<string>();
        foreach (var (name, path) in ConsolePages.All)
        {
            await page.GotoAsync(sample.Console.Address + path);
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
                wide.Add(name);
        }

        wide.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_theme_that_is_chosen_stays_and_so_does_a_language()
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/meddelelser");
        await page.ClickAsync("footer button[value=dark]");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ClickAsync("header button[name=sprog]");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Messages");
        (await page.GetAttributeAsync("html", "data-theme")).ShouldBe("dark");
        new Uri(page.Url).AbsolutePath.ShouldBe("/meddelelser");
    }

    [Fact]
    public async Task The_keyboard_alone_comes_to_the_content_and_moves_a_rule()
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/regler/90000001");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#content")).ToBeFocusedAsync();

        var down = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Flyt ned Social og sundhed" });
        await down.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".rule[data-place='1'] h3")).ToContainTextAsync("Social og sundhed");
        await Assertions.Expect(page.Locator(".notice.good")).ToContainTextAsync("flyttet");
    }
}
