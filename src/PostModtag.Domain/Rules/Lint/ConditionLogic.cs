using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules.Lint;

/// <summary>
/// What follows from conditions, without any message. It says so only of what is certain: where it cannot tell, it
/// says that nothing follows.
/// </summary>
internal static class ConditionLogic
{
    /// <summary>Whether the conditions can never hold together. False also where it cannot be told.</summary>
    public static bool NeverHold(ConditionTest[] tests) => tests.GroupBy(test => test.Field).Any(field =>
    {
        var positive = field.Where(test => !test.Condition.Not).ToList();
        var isAbsent = field.Any(test => test.Condition is { Not: true, Operator: ConditionOperator.Exists });
        return (isAbsent && positive.Exists(test => !test.Takes("")))
            || field.Any(negated => negated.Condition.Not && positive.Exists(test => PositiveImplies(test, negated)))
            || (!field.Key.Repeats && (NoValueIsLeft(positive, [.. field]) || AreApart(positive) || IntervalIsEmpty(positive)));
    });

    /// <summary>Whether a message for which the first holds is one for which the second holds. False also where it cannot be told.</summary>
    public static bool Implies(ConditionTest first, ConditionTest second)
    {
        if (!first.Field.Equals(second.Field))
            return false;
        return (first.Condition.Not, second.Condition.Not) switch
        {
            (false, false) => PositiveImplies(first, second),
            (true, true) => PositiveImplies(second, first),
            (false, true) => !first.Field.Repeats && first.Condition.Operator == ConditionOperator.EqualTo
                && CaseIsNoMatter(first, second) && Values(first).All(value => !second.Takes(value)),
            (true, false) => false,
        };
    }

    /// <summary>Whether every message for which all the first hold is one for which all the second hold. False also where it cannot be told.</summary>
    public static bool Implies(ConditionTest[] first, ConditionTest[] second)
    {
        foreach (var asked in second)
        {
            if (!Array.Exists(first, test => Implies(test, asked)))
                return false;
        }

        return true;
    }

    /// <summary>The same, the negations of both aside.</summary>
    private static bool PositiveImplies(ConditionTest first, ConditionTest second)
    {
        var (a, b) = (first.Condition, second.Condition);
        if (b.Operator == ConditionOperator.Exists)
            return !first.Takes("");
        if (!CaseIsNoMatter(first, second))
            return false;

        var comparison = b.CaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        bool Each(Func<string, string, bool> isAtLeast) => a.Values.All(its => b.Values.Any(other => isAtLeast(its, other)));
        return (a.Operator, b.Operator) switch
        {
            (ConditionOperator.EqualTo, _) => Values(first).All(value => second.Takes(value)),
            (ConditionOperator.Under, ConditionOperator.Under) => Each((its, other) => Hierarchy.IsUnder(its.TrimEnd('.'), other, comparison)),
            (ConditionOperator.Under, ConditionOperator.StartsWith) => Each((its, other) => its.TrimEnd('.').StartsWith(other, comparison)),
            (ConditionOperator.Under, ConditionOperator.Contains) => Each((its, other) => its.TrimEnd('.').Contains(other, comparison)),
            (ConditionOperator.StartsWith, ConditionOperator.StartsWith) => Each((its, other) => its.StartsWith(other, comparison)),
            (ConditionOperator.StartsWith or ConditionOperator.Contains, ConditionOperator.Contains) => Each((its, other) => its.Contains(other, comparison)),
            (ConditionOperator.Matches, ConditionOperator.Matches) => Each((its, other) => its == other),
            (ConditionOperator.Greater, ConditionOperator.Greater) => Bounds(first).Min() >= Bounds(second).Min(),
            (ConditionOperator.Less, ConditionOperator.Less) => Bounds(first).Max() <= Bounds(second).Max(),
            _ => false,
        };
    }

    /// <summary>
    /// A condition that ignores case holds for spellings that one which heeds it does not. Regular expressions have
    /// an idea of letter case of their own.
    /// </summary>
    private static bool CaseIsNoMatter(ConditionTest first, ConditionTest second) =>
        first.Field.Type != MemoFieldType.Text
        || first.Condition.CaseSensitive
        || (!second.Condition.CaseSensitive && (second.Condition.Operator != ConditionOperator.Matches || first.Condition.Operator == ConditionOperator.Matches));

    /// <summary>Whether one condition names the values that there may be, and each of them is ruled out by another.</summary>
    private static bool NoValueIsLeft(List<ConditionTest> positive, List<ConditionTest> all) => positive
        .Where(test => test.Condition.Operator == ConditionOperator.EqualTo)
        .Any(named => Values(named).All(value =>
            all.Exists(other => other != named && CaseIsNoMatter(named, other) && other.Takes(value) == other.Condition.Not)));

    /// <summary>Whether two conditions demand values that no value can be both of. Letter case is left aside: it could only tell them further apart.</summary>
    private static bool AreApart(List<ConditionTest> positive)
    {
        var demanding = positive.Where(test => test.Field.Type == MemoFieldType.Text
            && test.Condition.Operator is ConditionOperator.EqualTo or ConditionOperator.Under or ConditionOperator.StartsWith).ToList();
        return demanding.SelectMany((one, i) => demanding.Skip(i + 1).Select(other => (One: one.Condition, Other: other.Condition))).Any(pair =>
            pair.One.Values.All(a => pair.Other.Values.All(b => !CanMeet(pair.One.Operator, a, pair.Other.Operator, b))));
    }

    /// <summary>Whether there is a value that is both what the one and what the other asks for.</summary>
    private static bool CanMeet(ConditionOperator one, string a, ConditionOperator other, string b) => (one, other) switch
    {
        (ConditionOperator.EqualTo, ConditionOperator.EqualTo) => a.Equals(b, StringComparison.OrdinalIgnoreCase),
        (ConditionOperator.EqualTo, ConditionOperator.Under) => Hierarchy.IsUnder(a, b, StringComparison.OrdinalIgnoreCase),
        (ConditionOperator.EqualTo, ConditionOperator.StartsWith) => a.StartsWith(b, StringComparison.OrdinalIgnoreCase),
        (ConditionOperator.Under, ConditionOperator.Under) =>
            Hierarchy.IsUnder(a.TrimEnd('.'), b, StringComparison.OrdinalIgnoreCase) || Hierarchy.IsUnder(b.TrimEnd('.'), a, StringComparison.OrdinalIgnoreCase),
        (ConditionOperator.Under, ConditionOperator.StartsWith) =>
            a.TrimEnd('.').StartsWith(b, StringComparison.OrdinalIgnoreCase) || Hierarchy.IsUnder(b, a, StringComparison.OrdinalIgnoreCase),
        (ConditionOperator.StartsWith, ConditionOperator.StartsWith) =>
            a.StartsWith(b, StringComparison.OrdinalIgnoreCase) || b.StartsWith(a, StringComparison.OrdinalIgnoreCase),
        _ => CanMeet(other, b, one, a),
    };

    private static bool IntervalIsEmpty(List<ConditionTest> positive)
    {
        var above = positive.Where(test => test.Condition.Operator == ConditionOperator.Greater).Select(test => Bounds(test).Min()).ToList();
        var below = positive.Where(test => test.Condition.Operator == ConditionOperator.Less).Select(test => Bounds(test).Max()).ToList();
        return above.Count > 0 && below.Count > 0 && above.Max() >= below.Min();
    }

    /// <summary>The values as a message would have them: around a number, a date or a UUID white space does not count.</summary>
    private static IEnumerable<string> Values(ConditionTest test) =>
        test.Field.Type == MemoFieldType.Text ? test.Condition.Values : test.Condition.Values.Select(value => value.Trim());

    private static IEnumerable<decimal> Bounds(ConditionTest test) =>
        test.Condition.Values.Select(value => OrderedValue.TryRead(test.Field.Type, value, out var bound) ? bound : throw new ArgumentException("The value has been read before."));
}
