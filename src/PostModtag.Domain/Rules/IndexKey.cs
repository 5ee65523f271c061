using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>A value under which a rule can be looked up: of which field, and how the message's value leads to it.</summary>
internal readonly record struct IndexKey(RuleField Field, ConditionOperator Operator, string Value)
{
    /// <summary>
    /// How much it is asked in vain, beside a key of the same rarity: what is part of a value has more chances to be
    /// met than what must be all of it.
    /// </summary>
    public long Weight => Operator switch
    {
        ConditionOperator.Contains => 4,
        ConditionOperator.StartsWith => 2,
        _ => 1,
    };

    /// <summary>
    /// The keys of a condition, one of which a message leads to when the condition holds; none when it cannot be looked
    /// up. Letter case never counts here; the condition itself sees to it.
    /// </summary>
    public static IndexKey[] Of(ConditionTest test)
    {
        var (condition, field) = (test.Condition, test.Field);
        if (!CanBeLookedUp(condition))
            return [];
        return condition.Values.Count == 1
            ? [Of(condition.Values[0])]
            : [.. condition.Values.Select(Of).Distinct()];

        IndexKey Of(string value) => new(field, condition.Operator, Fold(condition.Operator, field.Type, value));
    }

    /// <summary>Whether the condition has keys: whether its values are values of the field, or parts of them.</summary>
    public static bool CanBeLookedUp(Condition condition) => condition is
    {
        Not: false,
        Operator: ConditionOperator.EqualTo or ConditionOperator.Under or ConditionOperator.StartsWith or ConditionOperator.Contains,
    };

    /// <summary>By the value alone, which tells most keys apart: the names of fields are long and few.</summary>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    private static string Fold(ConditionOperator @operator, MemoFieldType type, string value) =>
        (@operator == ConditionOperator.Under ? value.TrimEnd('.') : OrderedValue.Print(type, value)).ToUpperInvariant();
}
