using System.Net;
using System.Text.RegularExpressions;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("postmodtag.openapi.yaml")]
    [InlineData("administration.openapi.yaml")]
    public async Task The_contracts_are_served_as_they_stand_in_apispec(string file)
    {
        await using var server = await TestServer.StartAsync();
        (await server.Client.GetByteArrayAsync($"docs/{file}")).ShouldBe(await File.ReadAllBytesAsync(Repository.PathOf("api-spec", file)));
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        await using var server = await TestServer.StartAsync();
        var page = await server.Client.GetStringAsync("docs");

        page.ShouldContain("postmodtag.openapi.yaml");
        page.ShouldContain("administration.openapi.yaml");
        ResourceAddress().Matches(page).Select(match => match.Groups[1].Value).ShouldAllBe(address => !address.StartsWith("http", StringComparison.Ordinal) && !address.StartsWith("//", StringComparison.Ordinal));
        foreach (var script in ScriptAddress().Matches(page).Select(match => match.Groups[1].Value))
        {
            using var response = await server.Client.GetAsync(new Uri(new Uri(server.Client.BaseAddress!, "docs/"), script));
            response.StatusCode.ShouldBe(HttpStatusCode.OK, script);
        }
    }

    [Fact]
    public async Task The_front_page_leads_to_the_console()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await server.Client.GetAsync("");
        response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/log-ind");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex ResourceAddress();

    [GeneratedRegex("<script[^>]* src=\"([^\"]*)\"")]
    private static partial Regex ScriptAddress();
}
