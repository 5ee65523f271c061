using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PostModtag.Application.Routing;
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

    [Fact]
    public async Task The_rule_that_the_README_publishes_sends_one_message_to_Socialsag_and_says_why()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var section = readme.Split("## The first rule")[1].Split("\n## ")[0];
        var commands = section.Split('\n').Where(line => line.StartsWith("curl ", StringComparison.Ordinal)).ToList();
        await using var server = await TestServer.StartAsync();

        var answers = new List<string>();
        foreach (var command in commands)
            answers.Add(await RunAsync(command.Replace("http://localhost:5606/", server.Client.BaseAddress!.ToString(), StringComparison.Ordinal)));

        answers.Count.ShouldBe(8);
        answers[1].ShouldContain("\"kind\":\"ADDED\"");
        answers[3].ShouldContain("\"publishedBy\":\"Bente\"");
        answers[6].ShouldContain("e0000000-0000-4000-8000-000000000011");
        answers[6].ShouldContain("\"nextCursor\":null");
        JsonNode.DeepEquals(JsonNode.Parse(WithToday(section.Split("```\n").Single(block => block.StartsWith('{')))), JsonNode.Parse(answers[7])).ShouldBeTrue(answers[7]);
    }

    private static string WithToday(string explanation) =>
        Day().Replace(explanation, $"\"day\":\"{DanishDay.Of(DateTimeOffset.UtcNow):yyyy-MM-dd}\"");

    private static async Task<string> RunAsync(string command)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", command.Replace("curl ", "curl --silent --show-error --fail-with-body ", StringComparison.Ordinal)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        var answer = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        bash.ExitCode.ShouldBe(0, $"{command}: {answer}");
        return answer;
    }

    private static string Stable(string receipt) => TransmissionId().Replace(receipt, "<TransmissionID/>");

    [GeneratedRegex("curl -i \\S+/PostModtag -H \"Content-Type: ([^\"]+)\" --data-binary @(\\S+)")]
    private static partial Regex Posted();

    [GeneratedRegex("\"day\":\"[0-9-]+\"")]
    private static partial Regex Day();

    [GeneratedRegex("<TransmissionID>[^<]+</TransmissionID>")]
    private static partial Regex TransmissionId();
}
