using Microsoft.Playwright;

namespace PostModtag.Web.Tests;

/// <summary>CPR numbers are masked everywhere; showing one takes a reason and is in the audit trail, as every view of a message is.</summary>
[Collection(ConsoleTests.Name)]
public sealed class MaskingTests(Browser browser, SampleConsole sample) : IClassFixture<SampleConsole>
{
    private static readonly string Message = $"/meddelelser/{Sample.Accepted}";

    [Fact]
    public async Task No_page_has_a_CPR_number_in_it()
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/");
        foreach (var (_, path) in ConsolePages.All)
        {
            await page.GotoAsync(sample.Console.Address + path);
            var html = await page.ContentAsync();
            html.ShouldNotContain(Sample.Cpr);
            html.ShouldNotContain(Sample.OtherCpr);
        }

        await page.GotoAsync(sample.Console.Address + Message);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("011370-xxxx");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("121355-xxxx");
    }

    [Fact]
    public async Task One_is_shown_for_a_reason_and_only_that_one()
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, Message);
        await page.ClickAsync("summary:has-text('Afsenderens nummer')");
        await page.Locator("details[open] button").ClickAsync();
        (await page.ContentAsync()).ShouldNotContain("011370-1234");

        await page.Locator("details[open] input[name=Reason]").FillAsync("Borgeren ringer, 0113701234");
        await page.Locator("details[open] button").ClickAsync();
        await Assertions.Expect(page.Locator(".shown-cpr")).ToHaveTextAsync("011370-1234");
        (await page.ContentAsync()).ShouldNotContain(Sample.OtherCpr);

        await page.GotoAsync(sample.Console.Address + "/historik");
        var entry = page.Locator("tbody tr", new PageLocatorOptions { HasText = "CPR-nummer vist" }).First;
        await Assertions.Expect(entry).ToContainTextAsync(ConsoleServer.Person);
        await Assertions.Expect(entry).ToContainTextAsync($"message {Sample.Accepted}: CPR number in MessageHeader/Sender/senderID: Borgeren ringer, 011370-xxxx");

        await page.GotoAsync(sample.Console.Address + Message);
        (await page.ContentAsync()).ShouldNotContain("011370-1234");
    }

    [Fact]
    public async Task Every_view_of_a_message_and_of_a_file_is_in_the_audit_trail()
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/");
        var before = await ViewsAsync();
        await page.GotoAsync($"{sample.Console.Address}{Message}?fil=1");
        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync("Kære kommune");

        (await ViewsAsync()).Skip(before.Count).Order().ShouldBe(
        [
            $"{ConsoleServer.Person}: message {Sample.Accepted}: explanation", $"{ConsoleServer.Person}: message {Sample.Accepted}: fields", $"{ConsoleServer.Person}: message {Sample.Accepted}: file 1",
        ]);
    }

    [Fact]
    public async Task Nothing_of_a_message_comes_into_the_log()
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/meddelelser");
        await page.FillAsync("#sender", "011370-1234");
        await page.FillAsync("#label", "Byggesag: tilbygning");
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);

        page.Url.ShouldNotContain("0113701234");
        page.Url.ShouldNotContain("011370");
        page.Url.ShouldNotContain("tilbygning");
        var log = sample.Console.Server.Log.Text;
        log.ShouldNotContain(Sample.Cpr);
        log.ShouldNotContain("011370-1234");
        log.ShouldNotContain("tilbygning");
    }

    private async Task<List<string>> ViewsAsync()
    {
        var entries = (await sample.Console.Server.Audit.FindAuditEntriesAsync(pageSize: 500)).Result.Entries;
        return [.. entries.Reverse().Where(entry => entry.Action == Contract.Administration.AuditAction.MESSAGE_VIEWED).Select(entry => $"{entry.Actor}: {entry.Detail}")];
    }
}
