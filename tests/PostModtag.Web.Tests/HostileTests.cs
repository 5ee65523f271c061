using Microsoft.Playwright;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>What senders write stays text, and what they send never runs as a page of ours.</summary>
[Collection(ConsoleTests.Name)]
public sealed class HostileTests(Browser browser, SampleConsole sample) : IClassFixture<SampleConsole>
{
    private const string Script = "<script>document.title='taget'</script><img src=x onerror=\"document.title='taget'\">";

    [Fact]
    public async Task Script_in_a_title_a_file_name_a_sender_and_a_file_stays_text()
    {
        var escaped = System.Security.SecurityElement.Escape(Script);
        var memo = new TestMemo { Label = escaped, SenderLabel = escaped };
        memo.Files.Clear();
        memo.Files.Add((escaped.Replace("/", "&#x2215;", StringComparison.Ordinal), "text/plain", System.Text.Encoding.UTF8.GetBytes(Script)));
        (await sample.Console.Server.PostAsync(memo.ToBytes())).EnsureSuccessStatusCode();

        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/meddelelser");
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync(Script);
        await page.GotoAsync($"{sample.Console.Address}/meddelelser/{memo.MessageUuid}?fil=1");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(Script);
        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync(Script);
        (await page.TitleAsync()).ShouldBe("Meddelelse – PostModtag");
        (await page.Locator("main script, main img[src=x]").CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task A_file_is_saved_and_only_an_image_or_a_PDF_is_shown(int number, bool isSavedEvenSo)
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/");
        var path = $"{sample.Console.Address}/meddelelser/{Sample.Accepted}/filer/{number}";
        var saved = await page.APIRequest.GetAsync(path);
        saved.Headers["content-disposition"].ShouldStartWith("attachment");
        saved.Headers["content-type"].ShouldBe("application/octet-stream");
        saved.Headers["x-content-type-options"].ShouldBe("nosniff");
        saved.Headers["content-security-policy"].ShouldContain("sandbox");

        var shown = await page.APIRequest.GetAsync($"{path}/vis");
        shown.Headers.ContainsKey("content-disposition").ShouldBe(isSavedEvenSo);
        shown.Headers["content-security-policy"].ShouldStartWith("default-src 'none'");
        shown.Headers["x-frame-options"].ShouldBe("SAMEORIGIN");
    }

    [Fact]
    public async Task Every_page_has_a_policy_without_inline_script_and_style_and_is_in_no_cache()
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/");
        foreach (var (_, path) in ConsolePages.All.Where(page => page.Name != "findes-ikke"))
        {
            var answer = await page.APIRequest.GetAsync(sample.Console.Address + path);
            var policy = answer.Headers["content-security-policy"];
            policy.ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self';");
            policy.ShouldNotContain("unsafe");
            policy.ShouldContain("frame-ancestors 'none'");
            answer.Headers["cache-control"].ShouldContain("no-store");
            answer.Headers["x-content-type-options"].ShouldBe("nosniff");
            answer.Headers["referrer-policy"].ShouldBe("same-origin");
            var html = await answer.TextAsync();
            html.ShouldNotContain(" style=");
            html.ShouldNotContain("<style");
            html.ShouldNotContain("javascript:");
        }
    }

    [Fact]
    public async Task A_form_that_does_not_come_from_one_of_our_pages_does_nothing()
    {
        await using var context = await browser.NewAsync();
        var page = await sample.OpenAsync(context, "/");
        var form = page.APIRequest.CreateFormData();
        form.Set("_handler", "decide");
        form.Set("Action", "Reject");
        form.Set("Reason", "En anden side");
        var answer = await page.APIRequest.PostAsync($"{sample.Console.Address}/meddelelser/{Sample.Held}", new APIRequestContextOptions { Form = form });

        answer.Status.ShouldBe(400);
        (await sample.Console.Server.Messages.GetMessageAsync(Sample.Held)).Result.Summary.State.ShouldBe(Contract.Administration.MessageState.HELD);
    }
}
