using System.Globalization;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Rules;

namespace PostModtag.Benchmarks;

/// <summary>What one would write first: ask one rule after the other until one takes the message, with the fields at hand.</summary>
internal sealed class PlainLoop(RuleSet rules)
{
    private readonly (DistributionRule Rule, Func<MemoMessage, bool>[] Conditions)[] _rules =
        [.. rules.InOrder.Select(rule => (rule, rule.Conditions.Select(Holds).ToArray()))];

    public string? First(RoutedMessage message, DateOnly day)
    {
        foreach (var (rule, conditions) in _rules)
        {
            if (rule.IsInForce(day) && AllHold(conditions, message.Memo))
                return rule.Name;
        }

        return null;
    }

    private static bool AllHold(Func<MemoMessage, bool>[] conditions, MemoMessage message)
    {
        foreach (var condition in conditions)
        {
            if (!condition(message))
                return false;
        }

        return true;
    }

    private static Func<MemoMessage, bool> Holds(Condition condition)
    {
        var (value, field) = (condition.Values[0], Field(condition.Field));
        return condition.Operator switch
        {
            ConditionOperator.EqualTo => message => field(message) is { } text && text.Equals(value, StringComparison.OrdinalIgnoreCase),
            ConditionOperator.Under => message => field(message) is { } text && text.StartsWith(value, StringComparison.OrdinalIgnoreCase)
                && (text.Length == value.Length || text[value.Length] == '.'),
            ConditionOperator.Contains => message => field(message) is { } text && text.Contains(value, StringComparison.OrdinalIgnoreCase),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };
    }

    private static Func<MemoMessage, string?> Field(string name) => name switch
    {
        "label" => message => message.MessageHeader.Label,
        "messageCode" => message => message.MessageHeader.MessageCode,
        "postType" => message => message.MessageHeader.PostType,
        "Sender/idType" => message => message.MessageHeader.Sender.IdType,
        "Recipient/ContactPoint/contactPointID" => message => message.MessageHeader.Recipient.ContactPoint?.ContactPointID,
        "Recipient/ContactPoint/contactGroup" => message => message.MessageHeader.Recipient.ContactPoint?.ContactGroup,
        "ContentData/KLEdata/subjectKey" => message => message.MessageHeader.ContentData?.KLEdata?.SubjectKey,
        "ContentData/KLEdata/activityFacet" => message => message.MessageHeader.ContentData?.KLEdata?.ActivityFacet,
        "ContentData/ProductionUnit/productionUnitNumber" => message =>
            message.MessageHeader.ContentData?.ProductionUnit?.ProductionUnitNumber.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
