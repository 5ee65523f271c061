using System.Globalization;
using System.Text;
using PostModtag.Domain.Rules;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Infrastructure.Rules;

/// <summary>Writes a rule set as YAML, leaving out what goes without saying. Text is always quoted, so that it stays text.</summary>
internal static class RuleFileWriter
{
    public static void Write(StringBuilder text, string cvr, RuleSet ruleSet)
    {
        var file = new YamlMappingNode
        {
            { "authority", Text(cvr) },
            { "repliesFindHome", Plain(ruleSet.RepliesFindHome) },
        };
        if (ruleSet.Otherwise is { } otherwise)
            file.Add("otherwise", Text(otherwise));
        if (ruleSet.WhenUndecided != default)
            file.Add("whenUndecided", new YamlScalarNode(RuleSet.WhenUndecidedWords[ruleSet.WhenUndecided]));
        file.Add("rules", new YamlSequenceNode(ruleSet.Rules.Select(Rule)));

        // The library ends a document with dots, which nobody needs.
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(file)).Save(writer, assignAnchors: false);
        text.Append(writer.ToString().TrimEnd('\n', '.')).Append('\n');
    }

    private static YamlMappingNode Rule(DistributionRule rule)
    {
        var node = new YamlMappingNode
        {
            { "name", Text(rule.Name) },
            { "priority", new YamlScalarNode(rule.Priority.ToString(CultureInfo.InvariantCulture)) },
            { "fagsystem", Text(rule.Fagsystem) },
        };
        if (rule.ValidFrom is { } from)
            node.Add("validFrom", new YamlScalarNode(from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        if (rule.ValidUntil is { } until)
            node.Add("validUntil", new YamlScalarNode(until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        if (!rule.IsEnabled)
            node.Add("enabled", Plain(false));
        if (rule.Conditions.Count > 0)
            node.Add("conditions", new YamlSequenceNode(rule.Conditions.Select(Condition)));
        return node;
    }

    private static YamlMappingNode Condition(Condition condition)
    {
        var node = new YamlMappingNode { { "field", Text(condition.Field) } };
        if (condition.Not)
            node.Add("not", Plain(true));
        node.Add("operator", new YamlScalarNode(ConditionText.Words[condition.Operator]));
        if (condition.Values.Count > 0)
            node.Add("values", new YamlSequenceNode(condition.Values.Select(Text)) { Style = SequenceStyle.Flow });
        if (condition.CaseSensitive)
            node.Add("caseSensitive", Plain(true));
        return node;
    }

    private static YamlScalarNode Text(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };

    private static YamlScalarNode Plain(bool value) => new(value ? "true" : "false");
}
