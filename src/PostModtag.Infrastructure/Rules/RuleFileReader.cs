using PostModtag.Application.Rules;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Rules;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Infrastructure.Rules;

/// <summary>Makes a rule set of a rule file's YAML; what cannot be made goes into the faults.</summary>
internal sealed class RuleFileReader(YamlFaults faults)
{
    private static readonly Dictionary<string, ConditionOperator> Operators = ConditionText.Words.ToDictionary(word => word.Value, word => word.Key);
    private static readonly Dictionary<string, WhenUndecided> WhenUndecideds = RuleSet.WhenUndecidedWords.ToDictionary(word => word.Value, word => word.Key);

    public RuleFileReading.Readable Read(YamlNode root)
    {
        var file = YamlMapping.Of(root, faults, new BilingualText("en gruppe med nøglen rules", "a mapping with the key rules"), "authority", "repliesFindHome", "otherwise", "whenUndecided", "rules");
        file.Require("rules");
        return new RuleFileReading.Readable(
            new RuleSet([.. file.Items("rules").Select(Rule)], file.Flag("repliesFindHome", whenAbsent: true), file.Text("otherwise"), file.Word("whenUndecided", WhenUndecideds)),
            file.Text("authority"),
            place => YamlPlaces.Of(root, place));
    }

    private DistributionRule Rule(YamlNode node)
    {
        var rule = YamlMapping.Of(node, faults, new BilingualText("en regel med name, priority og fagsystem", "a rule with name, priority and fagsystem"), "name", "priority", "fagsystem", "conditions", "validFrom", "validUntil", "enabled");
        rule.Require("name", "priority", "fagsystem");
        return new DistributionRule(
            rule.Text("name") ?? "", rule.Number("priority"), [.. rule.Items("conditions").Select(Condition)], rule.Text("fagsystem") ?? "",
            rule.Day("validFrom"), rule.Day("validUntil"), rule.Flag("enabled", whenAbsent: true));
    }

    private Condition Condition(YamlNode node)
    {
        var condition = YamlMapping.Of(node, faults, new BilingualText("en betingelse med field, operator og values", "a condition with field, operator and values"), "field", "operator", "values", "not", "caseSensitive");
        condition.Require("field", "operator");
        return new Condition(
            condition.Text("field") ?? "", condition.Word("operator", Operators), condition.Texts("values"),
            condition.Flag("not", whenAbsent: false), condition.Flag("caseSensitive", whenAbsent: false));
    }
}
