using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A rule file of which a little stands for much is refused with a sentence and a place, and the draft stays as it is.</summary>
[Operation("ImportRules")]
public sealed class HostileRuleFileTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string OneRule = "rules:\n  - name: R\n    priority: 1\n    fagsystem: f\n    conditions:\n";

    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    public static TheoryData<string, string, string> Files => new()
    {
        { "a billion laughs", "a: &a [x, x]\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{(char)('b' + i)}: &{(char)('b' + i)} [*{(char)('a' + i)}, *{(char)('a' + i)}]\n")), "no aliases" },
        { "an alias of what it stands in", "rules: &a [*a]", "no aliases" },
        { "a million lists", "rules: [" + string.Concat(Enumerable.Repeat("[],", 1_000_000)) + "]", "more here" },
        { "a million mappings", "rules: [" + string.Concat(Enumerable.Repeat("{},", 1_000_000)) + "]", "more here" },
        { "a million lines", "rules:\n" + string.Concat(Enumerable.Repeat("- \n", 1_100_000)), "more here" },
        { "a million anchors", "rules: [" + string.Concat(Enumerable.Repeat("&a x,", 1_100_000)) + "]", "more here" },
        { "lists in one another", "rules: " + new string('[', 1_000_000), "too deep" },
        { "lines in one another", "rules:\n" + string.Concat(Enumerable.Range(1, 200).Select(i => new string(' ', i) + "- \n")) + new string(' ', 201) + "- x", "" },
        { "keys in one another", "rules: " + string.Concat(Enumerable.Repeat("{a: ", 100_000)), "too deep" },
        { "a long text", "rules: []\notherwise: \"" + new string('x', 9_000_000) + "\"", "Expected" },
        { "too many rules", "rules:\n" + string.Concat(Enumerable.Repeat("- {name: R, priority: 1, fagsystem: f}\n", 20_001)), "at most 20000 rules" },
        { "too many expressions", OneRule + string.Concat(Enumerable.Repeat("    - {field: label, operator: matches, values: [" + string.Join(',', Enumerable.Repeat("'a'", 501)) + "]}\n", 2)), "at most 1000 regular expressions" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task It_is_a_400_that_says_why(string what, string file, string sentence)
    {
        var problem = await (await _server.ImportAsync(_authority, file)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);

        problem.ToString().ShouldContain(sentence, customMessage: what);
        problem.ToString().Length.ShouldBeLessThan(50_000);
        (await _server.Drafts.GetDraftAsync(_authority)).Result.IsSaved.ShouldBeFalse();
    }
}
