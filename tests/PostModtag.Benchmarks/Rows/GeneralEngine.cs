using PostModtag.Domain.Memo;
using PostModtag.Domain.Rules;
using RulesEngine.Models;

namespace PostModtag.Benchmarks.Rows;

/// <summary>The same rules in Microsoft RulesEngine, an engine for any rules: each is an expression over the fields that it names.</summary>
internal sealed class GeneralEngine
{
    private const string Name = "regler";

    private readonly RulesEngine.RulesEngine _engine;

    private GeneralEngine(RulesEngine.RulesEngine engine) => _engine = engine;

    /// <summary>Compiles the rules, which the engine does when it first executes them.</summary>
    public static async Task<GeneralEngine> BuildAsync(RuleSet rules)
    {
        var workflow = new Workflow
        {
            WorkflowName = Name,
            Rules = [.. rules.InOrder.Select(rule => new Rule { RuleName = rule.Name, Expression = string.Join(" && ", rule.Conditions.Select(ExpressionOf)) })],
        };
        var engine = new GeneralEngine(new RulesEngine.RulesEngine([workflow], new ReSettings { IgnoreException = false }));
        await engine.FirstAsync(new GeneralInput("", ""));
        return engine;
    }

    /// <summary>The first rule that takes the message.</summary>
    public async Task<string?> FirstAsync(GeneralInput message)
    {
        var results = await _engine.ExecuteAllRulesAsync(Name, new RuleParameter("input", message));
        return results.Find(result => result.IsSuccess)?.Rule.RuleName;
    }

    private static string ExpressionOf(Condition condition)
    {
        var (field, value) = (condition.Field.EndsWith("subjectKey", StringComparison.Ordinal) ? nameof(GeneralInput.Key) : nameof(GeneralInput.ContactPoint), condition.Values[0]);
        return condition.Operator == ConditionOperator.Under
            ? $"(input.{field} == \"{value}\" || input.{field}.StartsWith(\"{value}.\"))"
            : $"input.{field} == \"{value}\"";
    }
}

/// <summary>The fields that those rules name, at hand.</summary>
/// <param name="Key">subjectKey.</param>
/// <param name="ContactPoint">contactPointID.</param>
public sealed record GeneralInput(string Key, string ContactPoint)
{
    internal static GeneralInput Of(MemoMessage message) => new(
        message.MessageHeader?.ContentData?.KLEdata?.SubjectKey ?? "", message.MessageHeader?.Recipient?.ContactPoint?.ContactPointID ?? "");
}
