using Microsoft.Playwright;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>The pages that build/docs.sh writes show each operation with what was recorded, from the disk alone.</summary>
[Collection(ConsoleTests.Name)]
public sealed class StaticDocumentationTests(Browser browser) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-docs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task They_are_read_without_a_server_and_ask_for_nothing_elsewhere()
    {
        var (code, output) = await Shell.RunAsync(_folder, "bash", Repository.PathOf("build", "docs.sh"), "--no-build", _folder);
        code.ShouldBe(0, output);
        await using var context = await browser.NewAsync();
        var page = await context.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);

        await page.GotoAsync(Address("index.html"));
        await page.GetByText("EP_FS1 – PostModtag").ClickAsync();

        // An operation is written when it is looked at.
        await page.GetByText("Receive one Digital Post message and answer with its receipt").First.ClickAsync();
        await Assertions.Expect(page.GetByText("3f1c1d5e-6a77-4e0b-8b57-1f0a5f6f0a01").First).ToBeAttachedAsync();

        await page.GotoAsync(Address("administration.html"));
        await page.GetByText("Messages", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        await page.GetByText("Find messages, the newest first").First.ClickAsync();
        await Assertions.Expect(page.GetByText("3f1c1d5e-6a77-4e0b-8b57-1f0a5f6f0a01").First).ToBeAttachedAsync();

        asked.Where(url => !url.StartsWith("file://", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private string Address(string file) => new Uri(Path.Combine(_folder, file)).AbsoluteUri;
}
