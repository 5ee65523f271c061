using System.Net;
using Microsoft.Playwright;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>Who gets into the console: with the one-time password from this machine, and with a provider those that it knows, as their role and their authorities let them.</summary>
[Collection(ConsoleTests.Name)]
public sealed class SignInTests(Browser browser)
{
    private const string Key = "en-meget-hemmelig-noegle";

    [Fact]
    public async Task Whoever_has_not_signed_in_is_asked_to_and_comes_back_to_where_he_was_going()
    {
        await using var console = await ConsoleServer.StartAsync();
        await using var context = await browser.NewAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{console.Address}/systemer/indbakke");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Log ind");
        await page.FillAsync("#name", ConsoleServer.Person);
        await page.FillAsync("#password", "abcd-abcd-abcd-abcd-abcd");
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator(".notice.bad")).ToBeVisibleAsync();

        await page.FillAsync("#password", console.Password);
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Indbakke");
        new Uri(page.Url).AbsolutePath.ShouldBe("/systemer/indbakke");

        await page.ClickAsync("text=Log ud");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Log ind");
        await page.GotoAsync($"{console.Address}/");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Log ind");
    }

    [Fact]
    public async Task A_password_lets_one_person_in_once()
    {
        await using var console = await ConsoleServer.StartAsync();
        var password = console.Password;
        await using var context = await browser.NewAsync();
        await console.SignInAsync(context);

        console.Password.ShouldNotBe(password);
        await using var other = await browser.NewAsync();
        var page = await other.NewPageAsync();
        await page.GotoAsync($"{console.Address}/log-ind");
        await page.FillAsync("#name", "En anden");
        await page.FillAsync("#password", password);
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator(".notice.bad")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Host", "post.example")]
    public async Task Without_a_provider_a_call_that_does_not_come_from_this_machine_gets_no_form(string header, string value)
    {
        await using var console = await ConsoleServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{console.Server.Address}log-ind");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await console.Server.Client.SendAsync(request);

        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("localhost");
        html.ShouldNotContain("Engangskode");
    }

    [Fact]
    public async Task The_cookie_lets_nobody_into_the_API_and_a_key_nobody_into_the_console()
    {
        await using var console = await ConsoleServer.StartAsync(
            "--PostModtag:ApiKeys:0:Name=ESDH", $"--PostModtag:ApiKeys:0:Sha256={Hash(Key)}", "--PostModtag:ApiKeys:0:Role=administrator", "--PostModtag:ApiKeys:0:Authorities:0=*");
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        (await page.APIRequest.GetAsync($"{console.Address}/messages")).Status.ShouldBe(401);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{console.Server.Address}meddelelser");
        request.Headers.Add("X-Api-Key", Key);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_person_comes_in_by_the_provider_with_the_role_that_it_says()
    {
        await using var provider = await StandInOidc.StartAsync();
        await using var console = await ConsoleServer.StartAsync(Settings(provider));
        await FillAsync(console, provider);

        await using var reading = await browser.NewAsync();
        var reader = await ComeAsync(reading, console, provider, "Laura Læser", "læser", "*");
        await reader.GotoAsync($"{console.Address}/meddelelser/{Sample.Held}");
        await Assertions.Expect(reader.Locator("h1")).ToHaveTextAsync("Anmodning om aktindsigt");
        await Assertions.Expect(reader.Locator("button[name=Action]")).ToHaveCountAsync(0);
        await reader.GotoAsync($"{console.Address}/regler/90000001/regel");
        await Assertions.Expect(reader.Locator("h1")).ToHaveTextAsync("Det har du ikke adgang til");
        await reader.GotoAsync($"{console.Address}/meddelelser/mange");
        await Assertions.Expect(reader.Locator("h1")).ToHaveTextAsync("Det har du ikke adgang til");

        await using var working = await browser.NewAsync();
        var worker = await ComeAsync(working, console, provider, "Søren Sagsbehandler", "sagsbehandler", "90000001");
        await worker.GotoAsync($"{console.Address}/meddelelser/{Sample.Held}");
        await worker.FillAsync("#reason", "Hører til hos os");
        await worker.SelectOptionAsync("#to", "byg");
        await worker.ClickAsync("button[value=Redirect]");
        await Assertions.Expect(worker.Locator(".title-row .tag")).ToHaveTextAsync("Accepteret");
        await worker.GotoAsync($"{console.Address}/historik");
        await Assertions.Expect(worker.Locator("tbody tr").Filter(new LocatorFilterOptions { HasText = "Meddelelse sendt et andet sted hen" })).ToContainTextAsync("Søren Sagsbehandler");
    }

    [Theory]
    [InlineData("127.0.0.1", "https://post.example/log-ind/svar")]
    [InlineData("10.9.8.7", "http://post.example/log-ind/svar")]
    public async Task Behind_a_proxy_the_provider_sends_people_back_to_the_address_that_they_have(string proxy, string expected)
    {
        await using var provider = await StandInOidc.StartAsync();
        await using var console = await ConsoleServer.StartAsync([.. Settings(provider), $"--PostModtag:Proxies:0={proxy}"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{console.Server.Address}log-ind/udbyder");
        request.Headers.Host = "post.example";
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Uri.UnescapeDataString(answer.Headers.Location!.Query).ShouldContain($"redirect_uri={expected}&");
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase) == expected.StartsWith("https", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_a_role_does_not_have_does_nothing_when_it_is_sent_all_the_same()
    {
        await using var provider = await StandInOidc.StartAsync();
        await using var console = await ConsoleServer.StartAsync(Settings(provider));
        await FillAsync(console, provider);
        await using var context = await browser.NewAsync();
        var page = await ComeAsync(context, console, provider, "Laura Læser", "læser", "*");
        await page.GotoAsync($"{console.Address}/meddelelser/{Sample.Accepted}");
        var token = await page.Locator("input[name=__RequestVerificationToken]").First.GetAttributeAsync("value");

        // As a person would send it who knows how the form of the draft's settings is made.
        await page.GotoAsync($"{console.Address}/regler/90000001");
        var form = page.APIRequest.CreateFormData();
        form.Set("_handler", "settings");
        form.Set("__RequestVerificationToken", token!);
        form.Set("Revision", (await page.Locator("input[name=Revision]").First.GetAttributeAsync("value"))!);
        form.Set("WhenUndecided", "Resend");
        var answer = await page.APIRequest.PostAsync($"{console.Address}/regler/90000001", new APIRequestContextOptions { Form = form });

        answer.Status.ShouldBe(403);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Ingen kladde");
    }

    [Fact]
    public async Task A_person_of_one_authority_sees_nothing_of_another()
    {
        await using var provider = await StandInOidc.StartAsync();
        await using var console = await ConsoleServer.StartAsync(Settings(provider));
        await FillAsync(console, provider);
        await using var context = await browser.NewAsync();
        var page = await ComeAsync(context, console, provider, "Anna Anden", "administrator", "90000002");

        await page.GotoAsync($"{console.Address}/meddelelser");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        await page.GotoAsync($"{console.Address}/meddelelser/{Sample.Accepted}");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Siden findes ikke");
        await page.GotoAsync($"{console.Address}/regler/90000001");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Det har du ikke adgang til");
        await page.GotoAsync($"{console.Address}/");
        await Assertions.Expect(page.Locator(".figures dd").First).ToHaveTextAsync("0");
        await page.GotoAsync($"{console.Address}/systemer");
        await Assertions.Expect(page.GetByText("Nyt fagsystem")).ToHaveCountAsync(0);
    }

    private static string[] Settings(StandInOidc provider) =>
        [$"--PostModtag:Oidc:Authority={provider.Authority}", $"--PostModtag:Oidc:Audience={StandInOidc.Audience}", "--PostModtag:Callers:0:Name=Digital Post", $"--PostModtag:Callers:0:TokenSha256={Hash(Key)}"];

    /// <summary>As an administrator's program and as Digital Post do, for now everybody must say who he is.</summary>
    private static async Task FillAsync(ConsoleServer console, StandInOidc provider)
    {
        var client = console.Server.Client.DefaultRequestHeaders;
        using var nobody = new ClosedPort();
        client.Authorization = new("Bearer", provider.Token(new Dictionary<string, object> { ["roles"] = "administrator", ["authorities"] = "*", ["preferred_username"] = "Opsætning" }));
        await Sample.SetUpAsync(console.Server, $"http://localhost:{nobody.Number}/PostModtag");
        client.Authorization = new("Holder-of-key", Key);
        await Sample.SendAsync(console.Server);
        client.Authorization = null;
    }

    private static async Task<IPage> ComeAsync(IBrowserContext context, ConsoleServer console, StandInOidc provider, string name, string role, string authorities)
    {
        provider.Person = new Dictionary<string, object> { ["sub"] = name, ["preferred_username"] = name, ["roles"] = role, ["authorities"] = authorities };
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{console.Address}/");
        await page.ClickAsync("main a.primary");
        await Assertions.Expect(page.Locator(".name")).ToHaveTextAsync(name);
        return page;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
