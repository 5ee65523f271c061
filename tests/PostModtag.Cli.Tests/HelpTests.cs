using System.CommandLine;

namespace PostModtag.Cli.Tests;

/// <summary>A stranger finds out what there is, and what it ends with.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. All("", Tool.Root()).Where(path => path.Length > 0)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_shows_an_example_of_itself(string command)
    {
        var (code, output, error) = await Running.RunAsync([.. command.Split(' '), "--help"]);

        (code, error).ShouldBe((0, ""));
        output.ShouldContain($"\n    postmodtag {command}", Case.Sensitive);
    }

    [Fact]
    public async Task The_tool_says_what_it_ends_with()
    {
        var (code, output, _) = await Running.RunAsync("--help");

        code.ShouldBe(0);
        output.ShouldContain("Ends with 0 when it was done and nothing is wrong, 1 when something is wrong or was refused, 2 when it was called wrongly, 130 when it was broken off.");
    }

    [Theory]
    [InlineData("frobnicate", "postmodtag --help")]
    [InlineData("validate", "postmodtag validate --help")]
    [InlineData("rules lint", "postmodtag rules lint --help")]
    [InlineData("validate x.xml --frobnicate", "")]
    [InlineData("validate nothere.xml", "There is no file nothere.xml.")]
    [InlineData("rules lint nothere.yaml", "There is no file nothere.yaml.")]
    [InlineData("send ftp://x brev.xml", "The target must be an address such as https://fagsystem.example/PostModtag.")]
    [InlineData("send http://localhost:1/PostModtag", "Name files to send, or make messages with --generate N.")]
    [InlineData("verify --set DataFolder", "--set DataFolder is not NAME=VALUE, such as --set DataFolder=/var/lib/postmodtag.")]
    [InlineData("contract diff nothere.yaml api-spec", "There is no file or folder nothere.yaml.")]
    [InlineData("doctor --settings nothere.json", "nothere.json")]
    public async Task What_was_called_wrongly_ends_with_2_and_a_sentence(string words, string sentence)
    {
        var (code, output, error) = await Running.RunAsync(words.Split(' '));

        code.ShouldBe(2, error);
        output.ShouldBeEmpty();
        error.ShouldContain(sentence);
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Every_command_is_on_the_page()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "postmodtag.md"));

        All("", Tool.Root()).Where(path => path.Length > 0).ShouldAllBe(path => page.Contains($"postmodtag {path}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_and_its_hash_belong_together()
    {
        var (code, json) = await Running.JsonAsync("key");

        code.ShouldBe(0);
        var key = json.GetProperty("key").GetString()!;
        key.Length.ShouldBe(64);
        json.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key))));
        (await Running.RunAsync("key")).Output.ShouldContain("PostModtag:ApiKeys:N:Sha256");
    }

    /// <summary>The words of each command that does something.</summary>
    private static IEnumerable<string> All(string path, Command command) =>
        command.Subcommands.Count > 0 ? command.Subcommands.SelectMany(below => All($"{path} {below.Name}".Trim(), below)) : [path];
}
