using System.Globalization;
using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A rule set is kept up to the bounds of the contract, and not beyond.</summary>
[Operation("SaveDraft")]
public sealed class DraftBoundsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    public static TheoryData<string, int, string> Bounds => new()
    {
        { "rules", 20_000, "rules" },
        { "conditions", 50, "rules[0].conditions" },
        { "values", 1_000, "rules[0].conditions[0].values" },
        { "name", 200, "rules[0].name" },
        { "fagsystem", 64, "rules[0].fagsystem" },
        { "field", 1_000, "rules[0].conditions[0].field" },
        { "value", 1_000, "rules[0].conditions[0].values[0]" },
        { "otherwise", 64, "otherwise" },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public async Task As_much_as_the_contract_says_is_saved_and_one_more_is_not(string what, int most, string place)
    {
        (await _server.Drafts.SaveDraftAsync(Made(what, most), _authority, "*")).StatusCode.ShouldBe(200);
        var saved = (await _server.Drafts.GetDraftAsync(_authority)).ETag();

        var problem = await Should.ThrowAsync<AdministrationException<AdministrationProblem>>(() => _server.Drafts.SaveDraftAsync(Made(what, most + 1), _authority, "*"));

        problem.StatusCode.ShouldBe((int)HttpStatusCode.BadRequest);
        problem.Result.Code.ShouldBe(AdministrationProblemCode.BODY_INVALID);
        problem.Result.Errors!.Single().Place.ShouldBe(place);
        (await _server.Drafts.GetDraftAsync(_authority)).ETag().ShouldBe(saved);
    }

    private static RuleSet Made(string what, int size)
    {
        var condition = new Condition
        {
            Field = what == "field" ? new string('f', size) : "label",
            Operator = ConditionOperator.Equals,
            Values = what == "values" ? [.. Enumerable.Range(0, size).Select(Name)] : [what == "value" ? new string('v', size) : "v"],
        };
        var rule = new DistributionRule
        {
            Name = what == "name" ? new string('n', size) : "R",
            Priority = 1,
            Fagsystem = what == "fagsystem" ? new string('f', size) : "indbakke",
            Conditions = [.. Enumerable.Repeat(condition, what == "conditions" ? size : 1)],
        };
        return new RuleSet
        {
            Rules = what == "rules" ? [.. Enumerable.Range(0, size).Select(i => new DistributionRule { Name = Name(i), Priority = i, Fagsystem = "indbakke" })] : [rule],
            Otherwise = what == "otherwise" ? new string('o', size) : null,
        };
    }

    private static string Name(int i) => i.ToString(CultureInfo.InvariantCulture);
}
