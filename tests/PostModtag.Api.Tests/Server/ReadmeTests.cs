using System.Text.RegularExpressions;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_answer_that_the_README_shows_is_the_real_one()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var command = Posted().Match(readme);
        command.Success.ShouldBeTrue();
        await using var server = await TestServer.StartAsync();
        using var response = await server.PostAsync(await File.ReadAllBytesAsync(Repository.PathOf(command.Groups[2].Value)), contentType: command.Groups[1].Value);

        var shown = readme.Split("```\n").Single(block => block.StartsWith("HTTP/1.1", StringComparison.Ordinal));

        shown.ShouldStartWith($"HTTP/1.1 {(int)response.StatusCode} {response.ReasonPhrase}\nContent-Type: {response.Content.Headers.ContentType}\nx-TransaktionsId: ");
        Stable(shown.Split("\n\n")[1]).ShouldBe(Stable(await response.Content.ReadAsStringAsync()));
    }

    private static string Stable(string receipt) => TransmissionId().Replace(receipt, "<TransmissionID/>");

    [GeneratedRegex("curl -i \\S+/PostModtag -H \"Content-Type: ([^\"]+)\" --data-binary @(\\S+)")]
    private static partial Regex Posted();

    [GeneratedRegex("<TransmissionID>[^<]+</TransmissionID>")]
    private static partial Regex TransmissionId();
}
