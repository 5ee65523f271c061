using PostModtag.Domain.Rules;
using Contracts = PostModtag.Contract.Administration;

namespace PostModtag.Api.Mapping;

/// <summary>Rule sets between the contract and the domain, both ways.</summary>
internal static class RuleSets
{
    /// <summary>What a caller sent. What it left out, where it must not, is empty, for the validator to say so.</summary>
    public static Domain.Rules.RuleSet ToDomain(Contracts.RuleSet ruleSet) => new(
        [.. ruleSet.Rules.Select(ToDomain)], ruleSet.RepliesFindHome ?? true, ruleSet.Otherwise,
        ruleSet.WhenUndecided?.To<Domain.Rules.WhenUndecided>() ?? default);

    /// <summary>What a caller gets.</summary>
    public static Contracts.RuleSet ToContract(Domain.Rules.RuleSet ruleSet) => new()
    {
        Rules = [.. ruleSet.Rules.Select(ToContract)],
        RepliesFindHome = ruleSet.RepliesFindHome,
        Otherwise = ruleSet.Otherwise,
        WhenUndecided = ruleSet.WhenUndecided.To<Contracts.WhenUndecided>(),
    };

    /// <summary>The operator of the same word.</summary>
    public static Contracts.ConditionOperator ToContract(Domain.Rules.ConditionOperator @operator) =>
        Enum.Parse<Contracts.ConditionOperator>(ConditionText.Words[@operator], ignoreCase: true);

    private static Domain.Rules.DistributionRule ToDomain(Contracts.DistributionRule? rule) => new(
        rule?.Name ?? "", rule?.Priority ?? 0, [.. (rule?.Conditions ?? []).Select(ToDomain)], rule?.Fagsystem ?? "",
        rule?.ValidFrom, rule?.ValidUntil, rule?.Enabled ?? true);

    private static Domain.Rules.Condition ToDomain(Contracts.Condition? condition) => new(
        condition?.Field ?? "", condition is null ? default : ToDomain(condition.Operator), [.. (condition?.Values ?? []).Select(value => value ?? "")],
        condition?.Not ?? false, condition?.CaseSensitive ?? false);

    private static Domain.Rules.ConditionOperator ToDomain(Contracts.ConditionOperator @operator) =>
        ConditionText.Words.Single(word => word.Value.Equals(@operator.ToString(), StringComparison.OrdinalIgnoreCase)).Key;

    private static Contracts.DistributionRule ToContract(Domain.Rules.DistributionRule rule) => new()
    {
        Name = rule.Name,
        Priority = rule.Priority,
        Conditions = [.. rule.Conditions.Select(ToContract)],
        Fagsystem = rule.Fagsystem,
        ValidFrom = rule.ValidFrom,
        ValidUntil = rule.ValidUntil,
        Enabled = rule.IsEnabled,
    };

    private static Contracts.Condition ToContract(Domain.Rules.Condition condition) => new()
    {
        Field = condition.Field,
        Operator = ToContract(condition.Operator),
        Values = [.. condition.Values],
        Not = condition.Not,
        CaseSensitive = condition.CaseSensitive,
    };
}
