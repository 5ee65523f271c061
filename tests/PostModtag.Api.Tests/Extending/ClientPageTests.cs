using PostModtag.Api.Tests.Extending.Samples;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Extending;

/// <summary>docs/clients.md shows the client in C# that sends here, and those in Java and TypeScript that build/clients.sh compiles and runs.</summary>
public sealed class ClientPageTests
{
    [Fact]
    public async Task The_client_in_CSharp_sends()
    {
        await using var server = await TestServer.StartAsync();
        var sender = new Sender(server.Client);

        (await sender.SendAsync(Repository.PathOf("api-spec", "examples", "valid", "kle-1.2.xml"), CancellationToken.None)).ShouldBe("COMPLETED ");
        (await sender.SendAsync(Repository.PathOf("api-spec", "examples", "invalid", "body-missing-1.2.xml"), CancellationToken.None)).ShouldBe("INVALID BODY_MISSING");
        (await sender.SendAsync(Repository.PathOf("README.md"), CancellationToken.None)).ShouldBe("400 NOT_XML");
    }

    [Theory]
    [InlineData("csharp", "tests/PostModtag.Api.Tests/Extending/Samples/Sender.cs")]
    [InlineData("java", "docs/examples/clients/Send.java")]
    [InlineData("typescript", "docs/examples/clients/send.ts")]
    public async Task The_page_shows_what_is_run(string language, string file)
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "clients.md"));
        var shown = page.Split($"```{language}\n")[1..].Select(block => block.Split("```")[0]).ToList();

        var code = Trimmed(await File.ReadAllTextAsync(Repository.PathOf(file)));
        shown.ShouldHaveSingleItem();
        code.ShouldContain(Trimmed(shown[0]));
    }

    [Fact]
    public async Task The_page_names_the_generator_and_the_options_that_are_run()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "clients.md"));
        var script = await File.ReadAllTextAsync(Repository.PathOf("build", "clients.sh"));

        foreach (var words in new[] { "@openapitools/openapi-generator-cli@1.0.18-5.0.0-beta2", "library=resttemplate,dateLibrary=joda,openApiNullable=false", "typescript-fetch", "typescriptThreePlus=true" })
        {
            page.ShouldContain(words);
            script.ShouldContain(words);
        }
    }

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
