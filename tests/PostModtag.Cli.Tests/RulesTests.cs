namespace PostModtag.Cli.Tests;

/// <summary>Rule files are looked at without a server, and brought to one and from it.</summary>
public sealed class RulesTests : IDisposable
{
    private static readonly string First = Path.Combine(Examples.Folder, "rules", "first-rule.yaml");
    private static readonly string Municipality = Path.Combine(Examples.Folder, "rules", "municipality.yaml");

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lint_says_what_the_server_would_before_it_is_published()
    {
        (await Running.RunAsync("rules", "lint", Municipality)).ShouldBe((0, "10 rules: 0 errors, 0 warnings." + Environment.NewLine, ""));

        var (code, output, _) = await Running.RunAsync("rules", "lint", First, "--fagsystemer", "indbakke");
        code.ShouldBe(1);
        output.ShouldContain("error   Social og sundhed: The fagsystem socialsag is not registered. Register it, or choose another.");
        var (_, json) = await Running.JsonAsync("rules", "lint", First, "--fagsystemer", "indbakke");
        var finding = json.EnumerateArray().ShouldHaveSingleItem();
        (finding.GetProperty("level").GetString(), finding.GetProperty("code").GetString(), finding.GetProperty("rule").GetString()).ShouldBe(("error", "UnknownFagsystem", "Social og sundhed"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_says_where_and_why()
    {
        var file = Path.Combine(_folder, "regler.yaml");
        await File.WriteAllTextAsync(file, "rules:\n  - name: Alt\n    priority: ti\n    fagsystem: byg\n");

        (await Running.RunAsync("rules", "lint", file)).ShouldBe((1, "", $"{file}, line 3, column 15: Expected a whole number, without quotes, after priority.{Environment.NewLine}"));
    }

    [Fact]
    public async Task Diff_says_what_differs_and_nothing_of_the_same_in_another_order()
    {
        (await Running.RunAsync("rules", "diff", First, First)).ShouldBe((0, "No difference." + Environment.NewLine, ""));

        var changed = Path.Combine(_folder, "regler.yaml");
        await File.WriteAllTextAsync(changed, (await File.ReadAllTextAsync(First)).Replace("socialsag", "esdh", StringComparison.Ordinal).Replace("otherwise: indbakke", "otherwise: arkiv", StringComparison.Ordinal));
        var (code, output, _) = await Running.RunAsync("rules", "diff", First, changed);
        code.ShouldBe(1);
        output.ReplaceLineEndings("\n").ShouldBe("~ otherwise from indbakke to arkiv\n~ Social og sundhed: fagsystem from socialsag to esdh\n2 differences.\n");
        var (_, json) = await Running.JsonAsync("rules", "diff", First, Municipality);
        json.EnumerateArray().Select(difference => difference.GetProperty("kind").GetString()).Distinct().Order(StringComparer.Ordinal).ShouldBe(["ADDED", "CHANGED"]);
    }

    [Fact]
    public async Task Explain_says_where_a_message_goes_and_why()
    {
        var memo = Path.Combine(Examples.Folder, "valid", "kle-1.2.xml");

        var (code, output, error) = await Running.RunAsync("explain", memo, "--rules", First);
        (code, error).ShouldBe((0, ""));
        output.ReplaceLineEndings("\n").ShouldBe($"{memo}: to socialsag, by the rule \"Social og sundhed\"\n  takes it  Social og sundhed\n            holds: ContentData/KLEdata/subjectKey under 27; the message has 27.12.06\n");

        var (_, json) = await Running.JsonAsync("explain", memo, Path.Combine(Examples.Folder, "valid", "form-1.2.xml"), Path.Combine(Examples.Folder, "valid", "reply-1.1.xml"), "--rules", First);
        json.EnumerateArray().Select(file => (file.GetProperty("basis").GetString(), file.GetProperty("fagsystem").GetString())).ShouldBe([("RULE", "socialsag"), ("OTHERWISE", "indbakke"), ("OTHERWISE", "indbakke")]);
    }

    [Fact]
    public async Task Explain_asks_no_rules_about_what_EP_FS1_rejects()
    {
        var (code, output, _) = await Running.RunAsync("explain", Path.Combine(Examples.Folder, "invalid", "wrong-order-1.2.xml"), "--rules", First);

        code.ShouldBe(1);
        output.ShouldContain("never comes to the rules (SCHEMA_VIOLATION). See why with: postmodtag validate ");
    }

    [Fact]
    public async Task A_file_goes_to_a_server_is_published_and_comes_back_the_same()
    {
        await using var server = await TestServer.StartAsync();
        await server.RegisterAsync("socialsag");
        string[] to = ["--cvr", Setup.Authority, "--url", server.Address.ToString()];

        var (code, output, error) = await Running.RunAsync(["rules", "import", First, .. to, "--dry-run"]);
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("+ Social og sundhed: ContentData/KLEdata/subjectKey under 27 → socialsag");
        (await server.Drafts.GetDraftAsync(Setup.Authority)).Result.IsSaved.ShouldBeFalse();

        (await Running.RunAsync(["rules", "import", First, .. to])).Output.ShouldContain($"It is the draft of {Setup.Authority} now, and counts when it is published.");
        (await Running.RunAsync(["rules", "import", First, .. to, "--publish", "Den første"])).Output.ReplaceLineEndings("\n")
            .ShouldBe($"No difference.\nPublished as version 1 of {Setup.Authority}. It counts from the next message on.\n");

        var exported = Path.Combine(_folder, "ud.yaml");
        (await Running.RunAsync(["rules", "export", .. to, "--out", exported])).Code.ShouldBe(0);
        (await Running.RunAsync("rules", "diff", First, exported)).Code.ShouldBe(0);
        (await Running.RunAsync(["rules", "export", .. to])).Output.ShouldBe(await File.ReadAllTextAsync(exported));
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_as_it_says_it()
    {
        await using var server = await TestServer.StartAsync();
        string[] to = ["--cvr", Setup.Authority, "--url", server.Address.ToString()];

        var (code, _, error) = await Running.RunAsync(["rules", "import", First, .. to, "--publish", "Den første"]);
        code.ShouldBe(1);
        error.ShouldContain("  Social og sundhed: The fagsystem socialsag is not registered.");
        (await Running.RunAsync(["rules", "export", .. to])).Code.ShouldBe(1);
        using var nobody = new ClosedPort();
        (await Running.RunAsync("rules", "export", "--cvr", Setup.Authority, "--url", $"http://localhost:{nobody.Number}")).Error.ShouldStartWith("The server does not answer: ");
    }
}
