using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

[Operation("CompareRules")]
public sealed class CompareRulesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    [Fact]
    public async Task Every_property_that_differs_is_said_with_what_it_was_and_what_it_is()
    {
        var before = new DistributionRule { Name = "Klager", Priority = 1, Fagsystem = "indbakke", Conditions = [Setup.When("label", ConditionOperator.Contains, "klage")] };
        var after = new DistributionRule
        {
            Name = "klager", Priority = 2, Fagsystem = "andet", Enabled = false, ValidFrom = new DateOnly(2026, 1, 1), ValidUntil = new DateOnly(2026, 12, 31),
            Conditions = [Setup.Without("label", ConditionOperator.Contains, "klage", "anke"), new Condition { Field = "kind", Operator = ConditionOperator.Exists, CaseSensitive = true }],
        };
        await _server.PublishAsync(new RuleSet { Rules = [before, Rule("Væk", 5)] }, _authority);
        await _server.Drafts.SaveDraftAsync(new RuleSet { Rules = [Rule("Ny", 9), after], RepliesFindHome = false, Otherwise = "indbakke", WhenUndecided = WhenUndecided.HOLD }, _authority, "*");

        (await DifferencesAsync()).Select(difference => (difference.Kind, difference.Rule, difference.Property, difference.From, difference.To)).ShouldBe(
        [
            (RuleDifferenceKind.CHANGED, null, "repliesFindHome", "true", "false"),
            (RuleDifferenceKind.CHANGED, null, "otherwise", null, "indbakke"),
            (RuleDifferenceKind.CHANGED, null, "whenUndecided", "resend", "hold"),
            (RuleDifferenceKind.CHANGED, "klager", "name", "Klager", "klager"),
            (RuleDifferenceKind.CHANGED, "klager", "priority", "1", "2"),
            (RuleDifferenceKind.CHANGED, "klager", "conditions", "label contains klage", "not label contains klage, anke; kind exists (case-sensitive)"),
            (RuleDifferenceKind.CHANGED, "klager", "fagsystem", "indbakke", "andet"),
            (RuleDifferenceKind.CHANGED, "klager", "validFrom", null, "2026-01-01"),
            (RuleDifferenceKind.CHANGED, "klager", "validUntil", null, "2026-12-31"),
            (RuleDifferenceKind.CHANGED, "klager", "enabled", "true", "false"),
            (RuleDifferenceKind.ADDED, "Ny", null, null, "everything → indbakke"),
            (RuleDifferenceKind.REMOVED, "Væk", null, "everything → indbakke", null),
        ]);
    }

    [Fact]
    public async Task Any_two_versions_can_be_compared()
    {
        await _server.PublishAsync(new RuleSet { Rules = [Rule("En", 1)] }, _authority);
        await _server.PublishAsync(new RuleSet { Rules = [Rule("To", 1)] }, _authority);
        await _server.Drafts.SaveDraftAsync(new RuleSet { Rules = [Rule("Tre", 1)] }, _authority, "*");

        (await AddedAsync("1", "2")).ShouldBe("To");
        (await AddedAsync("2", "1")).ShouldBe("En");
        (await AddedAsync("1", "current")).ShouldBe("To");
        (await AddedAsync("draft", "1")).ShouldBe("En");
        (await AddedAsync(null, null)).ShouldBe("Tre");
        (await DifferencesAsync("2", "current")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_the_first_publication_the_draft_is_compared_with_nothing()
    {
        (await DifferencesAsync()).ShouldBeEmpty();
        await _server.Drafts.SaveDraftAsync(new RuleSet { Rules = [Rule("En", 1)] }, _authority, "*");
        (await DifferencesAsync()).Single().Kind.ShouldBe(RuleDifferenceKind.ADDED);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_a_404_and_one_that_cannot_be_a_400()
    {
        await (await CallAsync("from=1")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
        await (await CallAsync("to=2")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
        foreach (var wrong in new[] { "from=nyeste", "to=0", "from=-1", "to=1.0", "from=99999999999" })
            await (await CallAsync(wrong)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);
    }

    private Task<HttpResponseMessage> CallAsync(string query) => _server.CallAsync("GET", $"authorities/{_authority}/differences?{query}");

    private async Task<IReadOnlyList<RuleDifference>> DifferencesAsync(string? from = null, string? to = null) =>
        (await _server.Publications.CompareRulesAsync(_authority, from, to)).Result.Differences;

    private async Task<string?> AddedAsync(string? from, string? to) => (await DifferencesAsync(from, to)).Single(difference => difference.Kind == RuleDifferenceKind.ADDED).Rule;

    private static DistributionRule Rule(string name, int priority) => new() { Name = name, Priority = priority, Fagsystem = "indbakke" };
}
