namespace PostModtag.Domain.Rules;

/// <summary>A condition as one line of text, as people read it: <c>not ContentData/KLEdata/subjectKey under 27.12, 27.18</c>.</summary>
public static class ConditionText
{
    /// <summary>The operators' words, as rule files write them.</summary>
    public static IReadOnlyDictionary<ConditionOperator, string> Words { get; } = new Dictionary<ConditionOperator, string>
    {
        [ConditionOperator.EqualTo] = "equals",
        [ConditionOperator.Under] = "under",
        [ConditionOperator.StartsWith] = "startsWith",
        [ConditionOperator.Contains] = "contains",
        [ConditionOperator.Matches] = "matches",
        [ConditionOperator.Exists] = "exists",
        [ConditionOperator.Greater] = "greater",
        [ConditionOperator.Less] = "less",
    };

    /// <summary>The condition in words.</summary>
    public static string Of(Condition condition) =>
        $"{(condition.Not ? "not " : "")}{condition.Field} {Words[condition.Operator]}{(condition.Values.Count > 0 ? " " : "")}{string.Join(", ", condition.Values)}{(condition.CaseSensitive ? " (case-sensitive)" : "")}";
}
