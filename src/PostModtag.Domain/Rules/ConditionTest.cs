using System.Text.RegularExpressions;
using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>A condition made ready to be asked: the field found, the values read, the regular expression compiled.</summary>
internal sealed class ConditionTest
{
    /// <summary>No backtracking: the time is in proportion to the text, so no expression can run away.</summary>
    private const RegexOptions Safe = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private delegate bool ValueTest(ReadOnlySpan<char> value);

    private readonly ValueTest _test;

    private ConditionTest(Condition condition, RuleField field, ValueTest test)
    {
        Condition = condition;
        Field = field;
        _test = test;
    }

    public Condition Condition { get; }

    public RuleField Field { get; }

    /// <summary>
    /// A value that it takes, by which an index leads to every condition on the field that this one implies, if that can
    /// be looked up; null when it implies none that can.
    /// </summary>
    public string? Witness => IndexKey.CanBeLookedUp(Condition) ? OrderedValue.Print(Field.Type, Condition.Values[0]) : null;

    /// <summary>Makes a condition ready; null, with the reason, when it cannot be asked.</summary>
    public static ConditionTest? Compile(Condition condition, out ConditionFault? fault)
    {
        fault = null;
        if (!RuleFields.TryFind(condition.Field, out var field))
            fault = new ConditionFault(ConditionFaultKind.UnknownField, condition.Field);
        else if (condition.Operator == ConditionOperator.Exists ? condition.Values.Count > 0 : condition.Values.Count == 0)
            fault = new ConditionFault(ConditionFaultKind.WrongNumberOfValues, condition.Field);
        else if (!IsAllowed(condition.Operator, field.Type))
            fault = new ConditionFault(ConditionFaultKind.OperatorNotForField, condition.Field);
        else
        {
            var tests = new List<ValueTest>();
            foreach (var value in condition.Values)
            {
                if (Test(condition, field, value) is { } test)
                    tests.Add(test);
                else
                    fault ??= new ConditionFault(ConditionFaultKind.IllFormedValue, value);
            }

            if (fault is null)
                return new ConditionTest(condition, field, condition.Operator == ConditionOperator.Exists ? text => text.Length > 0 : Any(tests));
        }

        return null;
    }

    /// <summary>Whether a single value of the field is what the condition asks for, its negation aside.</summary>
    public bool Takes(ReadOnlySpan<char> value) => _test(value);

    /// <summary>Whether the condition holds for the message.</summary>
    public bool Holds(RoutedMessage message)
    {
        var values = new FieldValues();
        Field.Read(message, ref values);
        for (var place = 0; place < values.Count; place++)
        {
            if (_test(values[place]))
                return !Condition.Not;
        }

        return Condition.Not;
    }

    private static ValueTest Any(List<ValueTest> tests) => tests.Count == 1 ? tests[0] : text =>
    {
        foreach (var test in tests)
        {
            if (test(text))
                return true;
        }

        return false;
    };

    /// <summary>Whether the operator goes with that kind of value.</summary>
    public static bool IsAllowed(ConditionOperator @operator, MemoFieldType type) => @operator switch
    {
        ConditionOperator.EqualTo or ConditionOperator.Exists => true,
        ConditionOperator.Greater or ConditionOperator.Less => IsOrdered(type),
        _ => type == MemoFieldType.Text,
    };

    private static bool IsOrdered(MemoFieldType type) =>
        type is MemoFieldType.WholeNumber or MemoFieldType.DecimalNumber or MemoFieldType.Date or MemoFieldType.DateTime;

    private static ValueTest? Test(Condition condition, RuleField field, string value)
    {
        if (field.Type != MemoFieldType.Text)
            return TypedTest(condition.Operator, field.Type, value);

        var comparison = condition.CaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return condition.Operator switch
        {
            ConditionOperator.EqualTo => text => text.Equals(value, comparison),
            ConditionOperator.Under => value.Trim('.').Length == 0 ? null : text => Hierarchy.IsUnder(text, value, comparison),
            ConditionOperator.StartsWith => value.Length == 0 ? null : text => text.StartsWith(value, comparison),
            ConditionOperator.Contains => value.Length == 0 ? null : text => text.Contains(value, comparison),
            ConditionOperator.Matches => Expression(value, condition.CaseSensitive) is { } expression ? expression.IsMatch : null,
            _ => null,
        };
    }

    private static ValueTest? TypedTest(ConditionOperator @operator, MemoFieldType type, string value)
    {
        if (!OrderedValue.TryRead(type, value, out var bound))
            return null;
        return @operator switch
        {
            ConditionOperator.EqualTo when IsOrdered(type) => text => OrderedValue.TryRead(type, text, out var its) && its.CompareTo(bound) == 0,
            ConditionOperator.EqualTo => text => text.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase),
            ConditionOperator.Greater => text => OrderedValue.TryRead(type, text, out var its) && its.CompareTo(bound) > 0,
            ConditionOperator.Less => text => OrderedValue.TryRead(type, text, out var its) && its.CompareTo(bound) < 0,
            _ => null,
        };
    }

    private static Regex? Expression(string pattern, bool caseSensitive)
    {
        try
        {
            return new Regex(pattern, caseSensitive ? Safe : Safe | RegexOptions.IgnoreCase);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
