using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Documentation;

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

    [Theory]
    [InlineData("postmodtag")]
    [InlineData("administration")]
    public async Task What_is_shown_is_the_contract_with_a_recorded_request_and_answer_in_each_operation_and_nothing_else(string name)
    {
        await using var server = await TestServer.StartAsync();
        var yaml = await server.Client.GetStringAsync($"docs/{name}.yaml");

        foreach (var item in (await ReadAsync(yaml)).Paths.Values)
        {
            foreach (var operation in item.Operations!.Values)
            {
                var calls = Directory.GetFiles(Repository.PathOf("docs", "examples", "operations"), $"{operation.OperationId}*.json")
                    .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement).Where(call => call.GetProperty("operation").GetString() == operation.OperationId).ToList();
                calls.ShouldNotBeEmpty(operation.OperationId);
                foreach (var call in calls)
                {
                    var (request, response) = (call.GetProperty("request"), call.GetProperty("response"));
                    if (request.GetProperty("contentType").GetString() is { } sent)
                        JsonElement.DeepEquals(Example(operation.RequestBody!.Content!, sent, call), request.GetProperty("body")).ShouldBeTrue(operation.OperationId);
                    if (response.GetProperty("contentType").GetString() is { } answered)
                        JsonElement.DeepEquals(Example(operation.Responses![response.GetProperty("status").ToString()].Content!, answered, call), response.GetProperty("body")).ShouldBeTrue(operation.OperationId);
                }

                foreach (var parameter in (operation.Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Path))
                    calls[0].GetProperty("request").GetProperty("path").GetString().ShouldNotBeNull().ShouldContain(parameter.Example.ShouldNotBeNull().ToString());            }
        }

        var file = Path.Combine(Directory.CreateTempSubdirectory("postmodtag-").FullName, $"{name}.openapi.yaml");
        await File.WriteAllTextAsync(file, yaml);
        (await ContractDiff.ContractComparison.CompareAsync(Repository.PathOf("api-spec", $"{name}.openapi.yaml"), file, CancellationToken.None)).ShouldBeEmpty();
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        await using var server = await TestServer.StartAsync();
        var page = await server.Client.GetStringAsync("docs");

        page.ShouldContain("docs/postmodtag.yaml");
        page.ShouldContain("docs/administration.yaml");
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

    private static JsonElement Example(IDictionary<string, IOpenApiMediaType> content, string type, JsonElement call) =>
        JsonDocument.Parse((content.TryGetValue(type, out var media) ? media : content["*/*"]).Examples![call.GetProperty("name").GetString()!].Value!.ToJsonString()
            .Replace(JsonNullSentinel.JsonNull.ToJsonString(), "null", StringComparison.Ordinal)).RootElement;

    private static async Task<OpenApiDocument> ReadAsync(string yaml)
    {
        var settings = new OpenApiReaderSettings();
        settings.AddYamlReader();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(yaml));
        var read = await OpenApiDocument.LoadAsync(stream, "yaml", settings);
        read.Diagnostic!.Errors.ShouldBeEmpty();
        return read.Document!;
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex ResourceAddress();

    [GeneratedRegex("<script[^>]* src=\"([^\"]*)\"")]
    private static partial Regex ScriptAddress();
}
