using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace PostModtag.ContractDiff.Tests;

/// <summary>
/// What a vendor does with a contract that has changed, in a clone: the build fails in the places where it must, and the steps of docs/contract.md mend them.
/// The changed contract renames EP_FS1's operation and gives it another header; MeMo 1.3 comes beside 1.1 and 1.2.
/// </summary>
public sealed partial class RegenerateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-regenerate-").FullName;

    private string Clone => Path.Combine(_folder, "clone");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_changed_contract_breaks_the_build_where_it_must_and_the_named_steps_mend_it()
    {
        await CloneAsync();
        Replace("api-spec/postmodtag.openapi.yaml", "operationId: ReceiveMessage", "operationId: ModtagMeddelelse");
        Replace("api-spec/postmodtag.openapi.yaml", "        - $ref: '#/components/parameters/TransaktionsTid'\n", """
                    - $ref: '#/components/parameters/TransaktionsTid'
                    - name: x-OpkaldsId
                      in: header
                      schema:
                        type: string
                        format: uuid

            """);
        CopyFolder("api-spec/memo/1.2", "api-spec/memo/1.3");
        Replace("api-spec/memo/1.3/memo.xsd", "<xs:element name=\"label\" type=\"dt:memoTextType\">", """
            <xs:element name="priority" type="dt:memoTextType" minOccurs="0">
              <xs:annotation>
                <xs:documentation xml:lang="en">How soon.</xs:documentation>
                <xs:documentation xml:lang="da">Hastegrad.</xs:documentation>
              </xs:annotation>
            </xs:element>
            <xs:element name="label" type="dt:memoTextType">
            """);

        var (failed, told) = await RunAsync("bash", "build/regenerate.sh");
        failed.ShouldBe(1, told);
        told.ShouldContain("breaking    POST /PostModtag: the operation is called ModtagMeddelelse, and was ReceiveMessage: code that is generated from it has another method.");
        told.ShouldContain("compatible  POST /PostModtag: the header x-OpkaldsId is new, and may be left out.");
        told.ShouldContain("compatible  MeMo 1.3: is a new version; messages of the others are read as before.");
        told.ShouldContain("compatible  /memo:Message/memo:MessageHeader/memo:priority: is new, and may be left out.");
        told.ShouldContain("4 changes, 1 breaking.");

        // One project after the other, as the page says: the client, the way to fagsystemer, the controller.
        Places(told).ShouldBe(["src/PostModtag.Contract/PostModtagClient.cs"], told);
        Replace("src/PostModtag.Contract/PostModtagClient.cs", "}.ReceiveMessageAsync(transactionId, cancellationToken)", "}.ModtagMeddelelseAsync(transactionId, null, cancellationToken)");
        Replace("src/PostModtag.Contract/PostModtagClient.cs", "PostModtagResponse<Receipt>> ReceiveMessageAsync(", "PostModtagResponse<Receipt>> ModtagMeddelelseAsync(");
        Places((await RunAsync("bash", "build/regenerate.sh")).Output).ShouldBe(["src/PostModtag.Infrastructure/Delivery/RestFagsystem.cs"]);
        Replace("src/PostModtag.Infrastructure/Delivery/RestFagsystem.cs", ".ReceiveMessageAsync(message.TransactionId, ", ".ModtagMeddelelseAsync(message.TransactionId, null, ");
        var controller = (await RunAsync("bash", "build/regenerate.sh")).Output;
        Places(controller).ShouldBe(["src/PostModtag.Api/ReceiveMessage/PostModtagController.cs"], controller);
        controller.ShouldContain("error CS0115");
        controller.ShouldContain("error CS0534");
        Replace("src/PostModtag.Api/ReceiveMessage/PostModtagController.cs", "ActionResult<Receipt>> ReceiveMessage(", "ActionResult<Receipt>> ModtagMeddelelse(");
        Replace("src/PostModtag.Api/ReceiveMessage/PostModtagController.cs", "DateTimeOffset? x_TransaktionsTid, CancellationToken", "DateTimeOffset? x_TransaktionsTid, Guid? x_OpkaldsId, CancellationToken");
        var (mended, builds) = await RunAsync("bash", "build/regenerate.sh");
        (mended, builds.Contains("Everything builds.", StringComparison.Ordinal)).ShouldBe((0, true), builds);

        await TheServerTakesMessagesOfAllVersionsAsync();
    }

    [Fact]
    public async Task The_page_names_each_place_that_the_test_mends()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "contract.md"));

        foreach (var place in new[] { "build/regenerate.sh", "src/PostModtag.Contract/PostModtagClient.cs", "src/PostModtag.Infrastructure/Delivery/RestFagsystem.cs", "src/PostModtag.Api/ReceiveMessage/PostModtagController.cs", "api-spec/memo/1.3" })
            page.ShouldContain(place);
    }

    private async Task TheServerTakesMessagesOfAllVersionsAsync()
    {
        using var server = ServerProcess.Start(
            Path.Combine(Clone, "src", "PostModtag.Api", "bin", "Release", "net10.0", "PostModtag.Api.dll"),
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["PostModtag__DataFolder"] = Path.Combine(_folder, "data") });
        using var client = new HttpClient { BaseAddress = await server.ListeningAsync() };

        // The header's new element stands before its label.
        static byte[] WithPriority(string version) => System.Text.Encoding.UTF8.GetBytes(new TestMemo { MemoVersion = version }.ToString().Replace("<memo:label>Ansøgning", "<memo:priority>Haster</memo:priority><memo:label>Ansøgning", StringComparison.Ordinal));
        (await PostAsync(client, new TestMemo { MemoVersion = "1.2" }.ToBytes())).ShouldContain("\"COMPLETED\"");
        (await PostAsync(client, WithPriority("1.3"))).ShouldContain("\"COMPLETED\"");
        (await PostAsync(client, WithPriority("1.2"))).ShouldContain("\"SCHEMA_VIOLATION\"");
        (await PostAsync(client, new TestMemo { MemoVersion = "1.4" }.ToBytes())).ShouldContain("\"MEMO_VERSION_NOT_SUPPORTED\"");
        (await client.GetStringAsync("fields")).ShouldContain("\"priority\"");
    }

    private static async Task<string> PostAsync(HttpClient client, byte[] memo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(memo) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } } };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>What a clone has, under git as a clone is; without the tests, which are not what is mended here.</summary>
    private async Task CloneAsync()
    {
        Directory.CreateDirectory(Clone);
        var (_, files) = await Shell.RunAsync(Repository.Root, "git", "-c", "safe.directory=*", "-c", "core.quotePath=false", "ls-files", "--", ".", ":!tests", ":!docs");
        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Repository.PathOf(file))))
        {
            var copy = Path.Combine(Clone, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.PathOf(file), copy);
        }

        var solution = await File.ReadAllTextAsync(Path.Combine(Clone, "PostModtag.sln"));
        foreach (var test in TestProject().Matches(solution).Select(match => match.Groups[1].Value.Replace('\\', '/')))
            (await RunAsync("dotnet", "sln", "PostModtag.sln", "remove", test)).Code.ShouldBe(0);
        foreach (var words in new[] { "init --quiet", "add --all", "-c user.name=Test -c user.email=test@example.org -c commit.gpgsign=false commit --quiet -m Contract" })
            (await RunAsync("git", words.Split(' '))).Code.ShouldBe(0);
    }

    private static string[] Places(string told) => [.. ErrorPlace().Matches(told).Select(match => match.Groups[1].Value).Distinct()];

    private void Replace(string file, string from, string to)
    {
        var path = Path.Combine(Clone, file);
        var text = File.ReadAllText(path);
        text.ShouldContain(from, Case.Sensitive);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(path, $"{text[..at]}{to}{text[(at + from.Length)..]}");
    }

    private void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(Clone, to));
        foreach (var file in Directory.GetFiles(Path.Combine(Clone, from)))
            File.Copy(file, Path.Combine(Clone, to, Path.GetFileName(file)));
    }

    private Task<(int Code, string Output)> RunAsync(string program, params string[] words) => Shell.RunAsync(Clone, program, words);

    [GeneratedRegex("^(src/[^(]+)\\([0-9,]+\\): error ", RegexOptions.Multiline)]
    private static partial Regex ErrorPlace();

    [GeneratedRegex("\"(tests[\\\\/][^\"]+\\.csproj)\"")]
    private static partial Regex TestProject();
}
