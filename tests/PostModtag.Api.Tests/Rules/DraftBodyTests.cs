using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A rule set that is not what the contract says is refused with the place, and the draft stays as it is.</summary>
[Operation("SaveDraft")]
public sealed class DraftBodyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    public static TheoryData<string, string> Bodies => new()
    {
        { """{}""", "body" },
        { """{"rules":null}""", "rules" },
        { """{"rules":{}}""", "rules" },
        { """{"rules":[],"fallback":"indbakke"}""", "fallback" },
        { """{"rules":[],"repliesFindHome":"ja"}""", "repliesFindHome" },
        { """{"rules":[],"otherwise":7}""", "otherwise" },
        { """{"rules":[],"otherwise":""}""", "otherwise" },
        { """{"rules":[],"rules":[]}""", "rules" },
        { """{"rules":[null]}""", "rules[0].name" },
        { """{"rules":[{"priority":1,"fagsystem":"f"}]}""", "rules[0]" },
        { """{"rules":[{"name":"R","fagsystem":"f"}]}""", "rules[0]" },
        { """{"rules":[{"name":"R","priority":1}]}""", "rules[0]" },
        { """{"rules":[{"name":"","priority":1,"fagsystem":"f"}]}""", "rules[0].name" },
        { """{"rules":[{"name":" ","priority":1,"fagsystem":"f"}]}""", "rules[0].name" },
        { """{"rules":[{"name":"a\tb","priority":1,"fagsystem":"f"}]}""", "rules[0].name" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":""}]}""", "rules[0].fagsystem" },
        { """{"rules":[{"name":"R","priority":"1","fagsystem":"f"}]}""", "rules[0].priority" },
        { """{"rules":[{"name":"R","priority":1.5,"fagsystem":"f"}]}""", "rules[0].priority" },
        { """{"rules":[{"name":"R","priority":2147483648,"fagsystem":"f"}]}""", "rules[0].priority" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","validFrom":"1. maj 2026"}]}""", "rules[0].validFrom" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","validUntil":"2026-02-30"}]}""", "rules[0].validUntil" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","enabled":1}]}""", "rules[0].enabled" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","active":true}]}""", "rules[0].active" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f"},{"name":"R","priority":1,"fagsystem":"f","conditions":"alt"}]}""", "rules[1].conditions" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"operator":"exists"}]}]}""", "rules[0].conditions[0]" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"label"}]}]}""", "rules[0].conditions[0]" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"","operator":"exists"}]}]}""", "rules[0].conditions[0].field" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"label","operator":"like"}]}]}""", "rules[0].conditions[0].operator" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"label","operator":5}]}]}""", "rules[0].conditions[0].operator" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"label","operator":"equals,under"}]}]}""", "rules[0].conditions[0].operator" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"label","operator":"equals","value":"a"}]}]}""", "rules[0].conditions[0].value" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"label","operator":"equals","values":"a"}]}]}""", "rules[0].conditions[0].values" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"label","operator":"equals","values":[27.1]}]}]}""", "rules[0].conditions[0].values[0]" },
        { """{"rules":[{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":"label","operator":"equals","values":["a","b\nc"]}]}]}""", "rules[0].conditions[0].values[1]" },
        { """{"rules":[}""", "rules" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_wrong_body_is_a_400_that_names_the_place(string body, string place)
    {
        var response = await _server.CallAsync("PUT", $"authorities/{_authority}/draft", body, "*");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        problem.Places().ShouldContain(named => named == place || named.StartsWith(place + "[", StringComparison.Ordinal), problem.ToString());
        (await _server.Drafts.GetDraftAsync(_authority)).Result.IsSaved.ShouldBeFalse();
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var response = await _server.CallAsync("PUT", $"authorities/{_authority}/draft",
            """{"rules":[{"name":"","priority":1,"fagsystem":""},{"name":"R","priority":1,"fagsystem":"f","conditions":[{"field":" ","operator":"exists"}]}],"otherwise":" "}""", "*");
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places()
            .ShouldBe(["otherwise", "rules[0].name", "rules[0].fagsystem", "rules[1].conditions[0].field"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_body_of_more_than_10_MB_is_a_413()
    {
        var body = $$"""{"rules":[],"otherwise":"{{new string('x', 10_000_000)}}"}""";
        await (await _server.CallAsync("PUT", $"authorities/{_authority}/draft", body, "*"))
            .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, AdministrationProblemCode.BODY_TOO_LARGE);
    }
}
