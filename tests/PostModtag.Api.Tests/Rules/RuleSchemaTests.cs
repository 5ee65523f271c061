using System.Net;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using PostModtag.Testing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Api.Tests.Rules;

/// <summary>The published schema says of a rule file what the server says of it, so that an editor can say it first.</summary>
[Operation("ImportRules")]
public sealed partial class RuleSchemaTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Rule = "rules:\n  - name: R\n    priority: 1\n    fagsystem: f\n";

    private readonly TestServer _server = shared.Server;
    private readonly string _authority = "90000001";

    public static TheoryData<string> Good => new()
    {
        "rules: []", "rules:", "rules: ~", "{\"rules\": []}", "authority: 90000001\nrules: []", "authority: '90000001'\nrules: []", "authority:\nrules: []",
        "rules: []\notherwise: f", "rules: []\notherwise: ~", "rules: []\notherwise: 2020", "rules: []\nrepliesFindHome: false", "rules: []\nrepliesFindHome: True", "rules: []\nwhenUndecided: hold", "rules: []\nwhenUndecided: resend",
        Rule, Rule + "    enabled: FALSE", Rule + "    validFrom: 2026-01-01\n    validUntil: '2026-12-31'", Rule + "    validFrom:\n    validUntil: null",
        Rule + "    conditions: []", Rule + "    conditions:", Rule + "    conditions: [{field: label, operator: exists}]",
        Rule + "    conditions: [{field: findes/ikke, operator: exists, values: []}]", Rule + "    conditions: [{field: label, operator: equals, values: a}]",
        Rule + "    conditions: [{field: label, operator: equals, values: [27.10, true, 1, a, '', ' ']}]", Rule + "    conditions: [{field: label, operator: equals, values: ~}]",
        Rule + "    conditions: [{field: label, operator: 'under', values: 27.10, not: true, caseSensitive: false}]",
        "rules: [{name: 27.10, priority: -2147483648, fagsystem: 7}]", "rules: [{name: true, priority: 2147483647, fagsystem: false}]",
        $"rules: [{{name: {new string('n', 200)}, priority: 1, fagsystem: {new string('f', 64)}}}]",
    };

    public static TheoryData<string> Bad => new()
    {
        "rules: {}", "rules: a", "[]", "a", "{}", "rules: []\nfallback: f", "authority: 1234567\nrules: []", "authority: '9000000A'\nrules: []", "authority: true\nrules: []",
        "rules: []\notherwise: ''", "rules: []\notherwise: []", $"rules: []\notherwise: {new string('f', 65)}", "rules: []\nrepliesFindHome: ja", "rules: []\nrepliesFindHome: 'true'",
        "rules: []\nrepliesFindHome: ~", "rules: []\nwhenUndecided: vent", "rules: []\nwhenUndecided: HOLD", "rules: []\nwhenUndecided: ~", "rules: [a]", "rules: [~]", "rules: [[]]", "rules: [{}]",
        "rules: [{priority: 1, fagsystem: f}]", "rules: [{name: R, fagsystem: f}]", "rules: [{name: R, priority: 1}]",
        "rules: [{name: ~, priority: 1, fagsystem: f}]", "rules: [{name: '', priority: 1, fagsystem: f}]", "rules: [{name: '  ', priority: 1, fagsystem: f}]",
        "rules: [{name: \"a\\tb\", priority: 1, fagsystem: f}]", "rules: [{name: [R], priority: 1, fagsystem: f}]", $"rules: [{{name: {new string('n', 201)}, priority: 1, fagsystem: f}}]",
        "rules: [{name: R, priority: '1', fagsystem: f}]", "rules: [{name: R, priority: 1.5, fagsystem: f}]", "rules: [{name: R, priority: ~, fagsystem: f}]", "rules: [{name: R, priority: 2147483648, fagsystem: f}]",
        "rules: [{name: R, priority: 1, fagsystem: ''}]", $"rules: [{{name: R, priority: 1, fagsystem: {new string('f', 65)}}}]",
        Rule + "    enabled: 1", Rule + "    enabled: ~", Rule + "    colour: red", Rule + "    validFrom: 1. maj", Rule + "    validUntil: 2026-02-30", Rule + "    validUntil: 2026", Rule + "    conditions: a", Rule + "    conditions: {}",
        Rule + "    conditions: [a]", Rule + "    conditions: [{field: label}]", Rule + "    conditions: [{operator: exists}]", Rule + "    conditions: [{field: label, operator: like}]",
        Rule + "    conditions: [{field: label, operator: EQUALS}]", Rule + "    conditions: [{field: label, operator: ~}]", Rule + "    conditions: [{field: '', operator: exists}]", Rule + "    conditions: [{field: [label], operator: exists}]",
        Rule + "    conditions: [{field: label, operator: equals, values: {a: b}}]", Rule + "    conditions: [{field: label, operator: equals, values: [~]}]", Rule + "    conditions: [{field: label, operator: equals, values: [[a]]}]",
        Rule + "    conditions: [{field: label, operator: equals, values: [\"a\\nb\"]}]", Rule + $"    conditions: [{{field: label, operator: equals, values: {new string('v', 1_001)}}}]",
        Rule + "    conditions: [{field: label, operator: equals, values: a, not: nej}]", Rule + "    conditions: [{field: label, operator: equals, value: a}]",
        Rule + $"    conditions: [{string.Join(", ", Enumerable.Repeat("{field: label, operator: exists}", 51))}]",
        Rule + $"    conditions: [{{field: label, operator: equals, values: [{string.Join(", ", Enumerable.Repeat("a", 1_001))}]}}]",
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task What_the_schema_allows_is_imported(string file)
    {
        (await FaultsAsync(file)).ShouldBeEmpty();
        using var response = await _server.ImportAsync(_authority, file);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_the_schema_forbids_is_refused(string file)
    {
        (await FaultsAsync(file)).ShouldNotBeEmpty();
        using var response = await _server.ImportAsync(_authority, file);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_the_server_exports_follows_the_schema()
    {
        var authority = shared.NewAuthority();
        using var imported = await _server.ImportAsync(authority, Rule + "    enabled: false\n    validFrom: 2026-01-01\n    conditions: [{field: label, operator: startsWith, values: [27.10, 'true'], not: true, caseSensitive: true}]\notherwise: f\nrepliesFindHome: false");
        imported.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await FaultsAsync(await _server.Client.GetStringAsync($"authorities/{authority}/file"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_is_served_as_it_stands_in_apispec()
    {
        using var response = await _server.CallAsync("GET", "schemas/rules.schema.json");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/schema+json");
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(await File.ReadAllBytesAsync(Repository.PathOf("api-spec", "rules.schema.json")));
    }

    private async Task<IEnumerable<string>> FaultsAsync(string file)
    {
        var schema = await JsonSchema.FromJsonAsync(await _server.Client.GetStringAsync("schemas/rules.schema.json"));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(file));
        return schema.Validate(Json(yaml.Documents[0].RootNode)).Select(fault => fault.ToString());
    }

    /// <summary>YAML as JSON, by YAML 1.2's core schema, as editors have it.</summary>
    private static JToken Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JObject(mapping.Children.Select(entry => new JProperty(entry.Key.ToString(), Json(entry.Value)))),
        YamlSequenceNode sequence => new JArray(sequence.Children.Select(Json)),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" } => JValue.CreateNull(),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "True" or "TRUE" } => new JValue(true),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" or "False" or "FALSE" } => new JValue(false),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } when WholeNumber().IsMatch(text) => new JValue(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } when Number().IsMatch(text) => new JValue(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
        _ => new JValue(((YamlScalarNode)node).Value),
    };

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();
}
