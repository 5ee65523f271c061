using Microsoft.Playwright;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>The whole story once: a new fagsystem, a new rule, published, and a message that follows it. Its pictures are those of the documentation.</summary>
[Collection(ConsoleTests.Name)]
public sealed class StoryTests(Browser browser)
{
    [Theory]
    [InlineData("da", "Nyt fagsystem", "Ny regel", "Accepteret", "Den blev taget af reglen", "Ejendomme")]
    [InlineData("en", "New fagsystem", "New rule", "Accepted", "It was taken by the rule", "Property")]
    public async Task From_a_new_rule_to_a_message_that_follows_it(string language, string newSystem, string newRule, string accepted, string taken, string rule)
    {
        using var nobody = new ClosedPort();
        await using var console = await ConsoleServer.StartAsync();
        await Sample.FillAsync(console.Server, $"http://localhost:{nobody.Number}/PostModtag");
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context, language);
        await PictureAsync(page, language, "overblik");

        await page.ClickAsync("nav a[href='/systemer']");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = newSystem }).ClickAsync();
        await page.FillAsync("#key", "ejendom");
        await page.FillAsync("#name", "Ejendomssystemet");
        await page.FillAsync("#owner", "Teknik og Miljø");
        await page.SelectOptionAsync("#kind", "Inbox");
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Ejendomssystemet");

        await page.ClickAsync("nav a[href='/regler']");
        await page.ClickAsync("main a[href='/regler/90000001']");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = newRule }).ClickAsync();
        await page.FillAsync("#name", rule);
        await page.SelectOptionAsync("#field-0", "ContentData/KLEdata/subjectKey");
        await Assertions.Expect(page.Locator("#values-0-hint")).ToContainTextAsync("KLE");
        await page.SelectOptionAsync("#operator-0", "Under");
        await Assertions.Expect(page.Locator("#values-0-hint")).ToContainTextAsync("27.123");
        await page.FillAsync("#values-0", "82.06\n82.20");
        await page.SelectOptionAsync("#system", "ejendom");
        await PictureAsync(page, language, "regel");
        await page.ClickAsync("main .buttons button.primary");
        await Assertions.Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".rule").Filter(new LocatorFilterOptions { HasText = rule })).ToContainTextAsync("82.06");
        await PictureAsync(page, language, "regler");

        await page.ClickAsync("main a[href='/regler/90000001/udgiv'] >> nth=0");
        await Assertions.Expect(page.Locator(".differences")).ToContainTextAsync(rule);
        await PictureAsync(page, language, "udgiv");
        await page.FillAsync("#comment", "82");
        await page.ClickAsync("main .panel button.primary");
        await Assertions.Expect(page.Locator(".notice.good")).ToContainTextAsync("2");

        var memo = new TestMemo
        {
            Label = "Vand i kælderen",
            ExtraHeader = """<memo:ContentData><kle:KLEdata xmlns:kle="http://kle-online.dk/"><kle:subjectKey>82.06.01</kle:subjectKey><kle:version>2026-02</kle:version><kle:label>Bygninger</kle:label></kle:KLEdata></memo:ContentData>""",
        };
        (await console.Server.PostAsync(memo.ToBytes())).EnsureSuccessStatusCode();

        await page.ClickAsync("nav a[href='/meddelelser']");
        await page.ClickAsync("summary");
        await page.FillAsync("#kle", "82");
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await PictureAsync(page, language, "meddelelser");
        await page.ClickAsync("tbody a");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Vand i kælderen");
        await Assertions.Expect(page.Locator(".title-row .tag")).ToHaveTextAsync(accepted);
        await Assertions.Expect(page.Locator(".verdict")).ToContainTextAsync(taken);
        await Assertions.Expect(page.Locator(".verdict")).ToContainTextAsync(rule);
        await Assertions.Expect(page.Locator(".verdict")).ToContainTextAsync("Ejendomssystemet");
        await PictureAsync(page, language, "meddelelse");
    }

    /// <summary>The documentation's pictures are made anew where POSTMODTAG_SCREENSHOTS names the folder for them.</summary>
    private static async Task PictureAsync(IPage page, string language, string name)
    {
        if (language != "da" || Environment.GetEnvironmentVariable("POSTMODTAG_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = false });
    }
}
