using Microsoft.Playwright;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>What people do in the console beside the story: decide, search, compare, restore, read files in, try a fagsystem.</summary>
[Collection(ConsoleTests.Name)]
public sealed class WorkTests(Browser browser)
{
    [Fact]
    public async Task Held_messages_are_decided_many_at_once()
    {
        using var nobody = new ClosedPort();
        await using var console = await StartAsync(nobody);
        for (var i = 0; i < 3; i++)
            await console.Server.PostAsync(new TestMemo { Label = $"Til journalen {i}" }.ToBytes());
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await page.GotoAsync($"{console.Address}/meddelelser?fagsystem=esdh");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(4);
        await page.GetByText("på én gang").ClickAsync();
        await page.FillAsync("#reason", "Ikke vores");
        await page.ClickAsync("button[value=Reject]");
        await Assertions.Expect(page.Locator(".notice.good")).ToContainTextAsync("4 meddelelser");

        await page.ClickAsync("text=Tilbage til søgningen");
        await Assertions.Expect(page.Locator("tbody .tag.bad")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task A_message_is_found_by_sender_case_KLE_and_id_and_the_way_back_leads_to_the_search()
    {
        using var nobody = new ClosedPort();
        await using var console = await StartAsync(nobody);
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        foreach (var (field, value) in new[] { ("#case", "byg-2026-0042"), ("#kle", "02.34"), ("#contact", "c0000000-0000-4000-8000-000000000001") })
        {
            await page.GotoAsync($"{console.Address}/meddelelser");
            await page.ClickAsync(".search summary");
            await page.FillAsync(field, value);
            await page.ClickAsync("main button.primary");
            await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("Strandvejen");
            await Assertions.Expect(page.Locator(field)).ToHaveValueAsync(value);
        }

        await page.GotoAsync($"{console.Address}/meddelelser");
        await page.FillAsync("#sender", "011370-1234");
        await page.FillAsync("#label", "byggesag");
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        await page.ClickAsync("tbody tr:last-child a");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Strandvejen");
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);

        await page.FillAsync("#uuid", Sample.Held.ToString().ToUpperInvariant());
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Anmodning om aktindsigt");
    }

    [Fact]
    public async Task The_impact_of_a_draft_is_shown_before_it_is_published_and_an_earlier_version_comes_back()
    {
        using var nobody = new ClosedPort();
        await using var console = await StartAsync(nobody);
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await page.GotoAsync($"{console.Address}/regler/90000001/regel?nr=1");
        await page.SelectOptionAsync("#system", "socialsag");
        await page.ClickAsync("main .buttons button.primary");
        await Assertions.Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        await page.GotoAsync($"{console.Address}/regler/90000001/virkning?dage=30");
        await Assertions.Expect(page.Locator("#result")).ToHaveTextAsync("3 af 6 meddelelser ville gå et andet sted hen");

        await page.GotoAsync($"{console.Address}/regler/90000001/udgiv");
        await Assertions.Expect(page.Locator("del")).ToHaveTextAsync("byg");
        await Assertions.Expect(page.Locator("ins")).ToHaveTextAsync("socialsag");
        await page.FillAsync("#comment", "Byggesager til Socialsag");
        await page.ClickAsync("main .panel button.primary");
        await Assertions.Expect(page.Locator(".notice.good")).ToContainTextAsync("Udgave 2");

        await page.ClickAsync("summary");
        await page.FillAsync("#comment-1", "Det var en fejl");
        await page.ClickAsync("text=Udgiv udgave 1 igen");
        await Assertions.Expect(page.Locator(".notice.good")).ToContainTextAsync("Udgave 3");
        var current = (await console.Server.Publications.GetPublicationAsync("90000001", 3)).Result;
        current.RuleSet.Rules.Single(rule => rule.Name == "Byggesager").Fagsystem.ShouldBe("byg");
    }

    [Fact]
    public async Task A_draft_that_another_has_changed_meanwhile_is_not_overwritten()
    {
        using var nobody = new ClosedPort();
        await using var console = await StartAsync(nobody);
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await page.GotoAsync($"{console.Address}/regler/90000001/regel?nr=0");
        await console.Server.Drafts.SaveDraftAsync(new RuleSet { Rules = [], Otherwise = "byg" }, "90000001", "*");
        await page.FillAsync("#name", "Noget andet");
        await page.ClickAsync("main .buttons button.primary");
        await Assertions.Expect(page.Locator(".notice.bad")).ToContainTextAsync("En anden");

        (await console.Server.Drafts.GetDraftAsync("90000001")).Result.RuleSet.Rules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rule_is_dragged_to_another_place()
    {
        using var nobody = new ClosedPort();
        await using var console = await StartAsync(nobody);
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await page.GotoAsync($"{console.Address}/regler/90000001");
        await page.Locator(".rule[data-place='2'] .grip").DragToAsync(page.Locator(".rule[data-place='0']"), new LocatorDragToOptions { TargetPosition = new TargetPosition { X = 60, Y = 4 } });
        await Assertions.Expect(page.Locator(".rule[data-place='0'] h3")).ToContainTextAsync("Journalen");

        var rules = (await console.Server.Drafts.GetDraftAsync("90000001")).Result.RuleSet.Rules;
        rules.OrderBy(rule => rule.Priority).Select(rule => rule.Name).ShouldBe(["Journalen", "Social og sundhed", "Byggesager"]);
        rules.Single(rule => rule.Name == "Byggesager").Priority.ShouldBe(20);
    }

    [Fact]
    public async Task A_rule_file_is_compared_and_read_in_and_a_message_tried_with_it()
    {
        using var nobody = new ClosedPort();
        await using var console = await StartAsync(nobody);
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await page.GotoAsync($"{console.Address}/regler/90000001/fil");
        await page.SetInputFilesAsync("#file", Path.Combine(Examples.Folder, "rules", "first-rule.yaml"));
        await page.ClickAsync("text=Se, hvad den ændrer");
        await Assertions.Expect(page.Locator(".differences")).ToContainTextAsync("Byggesager");
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator(".notice.good")).ToContainTextAsync("Kladden er gemt");

        await page.GotoAsync($"{console.Address}/regler/90000001/forklar");
        await page.SetInputFilesAsync("#memo", Path.Combine(Examples.Folder, "valid", "kle-1.2.xml"));
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator(".verdict")).ToContainTextAsync("Socialsag");
    }

    [Theory]
    [InlineData("da", "Linje 2, kolonne 1", "Sådan en nøgle er der ikke her", "Adressen", "Skriv adressen på fagsystemets EP_FS1 med https")]
    [InlineData("en", "Line 2, column 1", "There is no such key here", "The address", "Expected the address of the fagsystem's EP_FS1, with https")]
    public async Task What_is_wrong_is_said_in_the_persons_language(string language, params string[] words)
    {
        await using var console = await ConsoleServer.StartAsync();
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context, language);
        await page.GotoAsync($"{console.Address}/regler/90000001/fil");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "regler.yaml", MimeType = "application/yaml", Buffer = "rules: []\nregel: x\n"u8.ToArray() });
        await page.ClickAsync("button[value=compare]");
        await Assertions.Expect(page.Locator(".file-form li")).ToContainTextAsync($"{words[0]}: {words[1]}");

        await page.GotoAsync($"{console.Address}/systemer/ny");
        await page.SelectOptionAsync("#kind", "Rest");
        await page.FillAsync("#key", "esdh");
        await page.FillAsync("#name", "ESDH");
        await page.FillAsync("#owner", "IT");
        await page.FillAsync("#url", "http://esdh.example/PostModtag");
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator(".notice.bad li")).ToContainTextAsync($"{words[2]}: {words[3]}");
    }

    [Fact]
    public async Task A_message_as_large_as_any_is_tried_with_the_rules()
    {
        await using var console = await ConsoleServer.StartAsync();
        await console.Server.PublishAsync(Setup.Everything("indbakke"));
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        var file = Path.Combine(Directory.CreateTempSubdirectory("postmodtag-large-").FullName, "stor.xml");
        await File.WriteAllBytesAsync(file, new TestMemo { Files = { ("stor.pdf", "application/pdf", new byte[40_000_000]) } }.ToBytes());
        try
        {
            await page.GotoAsync($"{console.Address}/regler/90000001/forklar");
            await page.SetInputFilesAsync("#memo", file);
            await page.SelectOptionAsync("#version", "current");
            await page.ClickAsync("main button.primary");
            await Assertions.Expect(page.Locator(".verdict")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public async Task A_fagsystem_is_tried_paused_and_taken_on_again()
    {
        await using var fagsystem = await StandInFagsystem.StartAsync();
        fagsystem.Answer = (_, answer) =>
        {
            answer.Response.StatusCode = 405;
            return Task.CompletedTask;
        };
        await using var console = await ConsoleServer.StartAsync();
        await console.Server.RegisterRestAsync("esdh", fagsystem.Url);
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await page.GotoAsync($"{console.Address}/systemer/esdh");
        await page.ClickAsync("text=Prøv forbindelsen");
        await Assertions.Expect(page.Locator(".notice.good")).ToContainTextAsync("Der svarer et EP_FS1");
        fagsystem.Calls.Single().Method.ShouldBe("GET");

        await page.ClickAsync("text=Sæt på pause");
        await Assertions.Expect(page.Locator(".title-row .tag")).ToHaveTextAsync("På pause");
        await page.ClickAsync("text=Tag imod igen");
        await Assertions.Expect(page.Locator(".title-row .tag")).ToHaveTextAsync("Forbindelse i orden");
        (await console.Server.Fagsystemer.GetFagsystemAsync("esdh")).Result.State.ShouldBe(FagsystemState.ACTIVE);
    }

    [Fact]
    public async Task What_needs_a_person_leads_to_the_messages_that_it_is_about()
    {
        await using var fagsystem = await StandInFagsystem.StartAsync();
        fagsystem.Answer = (_, answer) =>
        {
            answer.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        await using var console = await ConsoleServer.StartAsync();
        await console.Server.RegisterRestAsync("esdh", fagsystem.Url);
        await console.Server.PublishAsync(Setup.Everything("esdh", WhenUndecided.HOLD));
        await console.Server.PostAsync(new TestMemo().ToBytes());
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await Assertions.Expect(page.Locator(".todo")).ToContainTextAsync("1 meddelelse venter på, at et fagsystem sættes rigtigt op");
        await page.ClickAsync(".todo a");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    private static async Task<ConsoleServer> StartAsync(ClosedPort nobody)
    {
        var console = await ConsoleServer.StartAsync();
        await Sample.FillAsync(console.Server, $"http://localhost:{nobody.Number}/PostModtag");
        return console;
    }
}
