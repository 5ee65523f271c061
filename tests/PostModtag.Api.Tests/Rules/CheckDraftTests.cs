using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>What lint says of a draft: errors stop its publication and not its being saved, warnings stop nothing.</summary>
[Operation("CheckDraft")]
[Operation("PublishRules")]
public sealed class CheckDraftTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    public static TheoryData<string, string> Errors => new()
    {
        { "UnknownField", """{"field":"farve","operator":"exists"}""" },
        { "WrongNumberOfValues", """{"field":"label","operator":"equals"}""" },
        { "WrongNumberOfValues", """{"field":"label","operator":"exists","values":["a"]}""" },
        { "OperatorNotForField", """{"field":"label","operator":"greater","values":["1"]}""" },
        { "IllFormedValue", """{"field":"size","operator":"greater","values":["stor"]}""" },
        { "IllFormedValue", """{"field":"label","operator":"matches","values":["("]}""" },
        { "IllFormedValue", """{"field":"label","operator":"matches","values":["(a)\\1"]}""" },
        { "IllFormedValue", """{"field":"kind","operator":"equals","values":["svar"]}""" },
        { "ValueTooLong", $$"""{"field":"label","operator":"equals","values":["{{new string('x', 257)}}"]}""" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_names_the_rule_and_its_condition_and_stops_the_publication(string code, string condition)
    {
        await SaveAsync($$"""{"name":"Uden fejl","priority":1,"fagsystem":"indbakke"},{"name":"Med fejl","priority":0,"fagsystem":"indbakke","conditions":[{"field":"kind","operator":"exists"},{{condition}}]}""");

        var found = (await FindingsAsync()).Single(finding => finding.Code == code);
        found.Severity.ShouldBe(FindingSeverity.ERROR);
        found.Rule.ShouldBe("Med fejl");
        found.Condition.ShouldBe(2);
        found.Danish.ShouldNotBeNullOrWhiteSpace();
        found.English.ShouldNotBeNullOrWhiteSpace();
        (await PublishRefusedAsync()).ShouldBe([code]);
    }

    [Theory]
    [InlineData("Contradiction", """{"name":"R","priority":1,"fagsystem":"indbakke","conditions":[{"field":"kind","operator":"equals","values":["new"]},{"field":"kind","operator":"equals","values":["reply"]}]}""")]
    [InlineData("PeriodIsEmpty", """{"name":"R","priority":1,"fagsystem":"indbakke","validFrom":"2099-01-02","validUntil":"2099-01-01"}""")]
    [InlineData("UnknownFagsystem", """{"name":"R","priority":1,"fagsystem":"findes-ikke"}""")]
    [InlineData("NameNotUnique", """{"name":"r","priority":0,"fagsystem":"indbakke","validUntil":"2099-01-01"},{"name":"R","priority":1,"fagsystem":"indbakke"}""")]
    public async Task An_error_of_a_whole_rule_stops_the_publication_too(string code, string rules)
    {
        await SaveAsync(rules);
        var found = (await FindingsAsync()).Single(finding => finding.Code == code);
        (found.Severity, found.Rule, found.Condition).ShouldBe((FindingSeverity.ERROR, "R", null));
        (await PublishRefusedAsync()).ShouldBe([code]);
    }

    [Theory]
    [InlineData("Shadowed", "indbakke", """{"name":"Alt","priority":1,"fagsystem":"indbakke"},{"name":"R","priority":2,"fagsystem":"indbakke","conditions":[{"field":"label","operator":"exists"}]}""")]
    [InlineData("Overlap", "indbakke", """{"name":"Alt","priority":1,"fagsystem":"PAUSED","conditions":[{"field":"label","operator":"exists"}]},{"name":"R","priority":1,"fagsystem":"indbakke"}""")]
    [InlineData("PeriodIsOver", "indbakke", """{"name":"R","priority":1,"fagsystem":"indbakke","validUntil":"2020-01-01"}""")]
    [InlineData("KeyForm", "indbakke", """{"name":"R","priority":1,"fagsystem":"indbakke","conditions":[{"field":"ContentData/KLEdata/subjectKey","operator":"under","values":["27.1"]}]}""")]
    [InlineData("PausedFagsystem", "indbakke", """{"name":"R","priority":1,"fagsystem":"PAUSED"}""")]
    [InlineData("NoCatchAll", null, """{"name":"R","priority":1,"fagsystem":"indbakke","conditions":[{"field":"label","operator":"exists"}]}""")]
    public async Task A_warning_does_not_stop_the_publication(string code, string? otherwise, string rules)
    {
        var paused = await _server.RegisterAsync(shared.NewKey());
        await _server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = paused.Name, Owner = "O", Kind = FagsystemKind.INBOX, State = FagsystemState.PAUSED }, paused.Key, "*");
        await SaveAsync(rules.Replace("PAUSED", paused.Key, StringComparison.Ordinal), otherwise);

        (await FindingsAsync()).Single(finding => finding.Code == code).Severity.ShouldBe(FindingSeverity.WARNING);
        (await _server.Publications.PublishRulesAsync(new PublicationRequest { Comment = "Med en advarsel" }, _authority, "*")).StatusCode.ShouldBe(201);
    }

    [Fact]
    public async Task A_retired_target_is_an_error_also_as_the_last_resort()
    {
        var retired = await _server.RegisterAsync(shared.NewKey());
        await _server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = retired.Name, Owner = "O", Kind = FagsystemKind.INBOX, State = FagsystemState.RETIRED }, retired.Key, "*");
        await SaveAsync($$"""{"name":"R","priority":1,"fagsystem":"{{retired.Key}}"}""", retired.Key);
        (await PublishRefusedAsync()).ShouldBe(["RetiredFagsystem", "RetiredFagsystem"]);
    }

    [Fact]
    public async Task Errors_come_before_warnings_and_sound_rules_have_neither()
    {
        await SaveAsync("""{"name":"R","priority":1,"fagsystem":"findes-ikke","conditions":[{"field":"label","operator":"exists"}]}""");
        (await FindingsAsync()).Select(finding => finding.Code).ShouldBe(["UnknownFagsystem", "NoCatchAll"]);
        await SaveAsync("""{"name":"R","priority":1,"fagsystem":"indbakke"}""");
        (await FindingsAsync()).ShouldBeEmpty();
    }

    private async Task SaveAsync(string rules, string? otherwise = null)
    {
        using var response = await _server.CallAsync("PUT", $"authorities/{_authority}/draft",
            $$"""{"rules":[{{rules}}],"otherwise":{{(otherwise is null ? "null" : $"\"{otherwise}\"")}}}""", "*");
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync() => (await _server.Drafts.CheckDraftAsync(_authority)).Result.Findings;

    private async Task<IEnumerable<string?>> PublishRefusedAsync()
    {
        var problem = await (await _server.CallAsync("POST", $"authorities/{_authority}/publications", """{"comment":"Forsøg"}""", "*"))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.RULES_HAVE_ERRORS);
        (await _server.Drafts.GetDraftAsync(_authority)).Result.CurrentVersion.ShouldBeNull();
        return problem.GetProperty("findings").EnumerateArray().Select(finding => finding.Text("code")).ToList();
    }
}
