using System.Globalization;
using System.Text.RegularExpressions;
using PostModtag.Domain.Rules;

namespace PostModtag.Domain.Tests.Rules.Properties;

/// <summary>
/// The rules' meaning, written down a second time as plainly as can be: sort, ask each rule, take the first. It shares
/// nothing with the product but the rules' records.
/// </summary>
internal static class NaiveRouter
{
    public static string? First(RuleSet rules, MessageFacts message, DateOnly day)
    {
        for (var priority = 1; priority <= 3; priority++)
        {
            foreach (var rule in rules.Rules)
            {
                if (rule.Priority == priority && Takes(rule, message, day))
                    return rule.Name;
            }
        }

        return null;
    }

    public static bool Holds(Condition condition, MessageFacts message)
    {
        var any = false;
        foreach (var value in message.Values(condition.Field))
            any |= condition.Operator == ConditionOperator.Exists ? value != "" : condition.Values.Any(asked => Is(condition, value, asked));
        return any != condition.Not;
    }

    private static bool Takes(DistributionRule rule, MessageFacts message, DateOnly day) =>
        rule.IsEnabled
        && (rule.ValidFrom == null || rule.ValidFrom <= day)
        && (rule.ValidUntil == null || rule.ValidUntil >= day)
        && rule.Conditions.All(condition => Holds(condition, message));

    private static bool Is(Condition condition, string value, string asked)
    {
        if (condition.Field.EndsWith("Number", StringComparison.Ordinal))
            return Compared(condition.Operator, double.Parse(value, CultureInfo.InvariantCulture).CompareTo(double.Parse(asked, CultureInfo.InvariantCulture)));
        if (condition.Field == "doNotDeliverUntilDate")
            return Compared(condition.Operator, string.CompareOrdinal(value, asked));

        if (condition.Operator == ConditionOperator.Matches)
            return Regex.IsMatch(value, asked, condition.CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
        if (!condition.CaseSensitive || condition.Field == "ReplyData/messageUUID")
            (value, asked) = (value.ToUpperInvariant(), asked.ToUpperInvariant());
        return condition.Operator switch
        {
            ConditionOperator.EqualTo => value == asked,
            ConditionOperator.Under => $"{value}.".StartsWith($"{asked}.", StringComparison.Ordinal),
            ConditionOperator.StartsWith => value.StartsWith(asked, StringComparison.Ordinal),
            ConditionOperator.Contains => value.Contains(asked, StringComparison.Ordinal),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };
    }

    private static bool Compared(ConditionOperator @operator, int its) => @operator switch
    {
        ConditionOperator.EqualTo => its == 0,
        ConditionOperator.Greater => its > 0,
        ConditionOperator.Less => its < 0,
        _ => throw new ArgumentOutOfRangeException(nameof(@operator)),
    };
}
