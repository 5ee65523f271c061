using System.Globalization;
using System.Text.RegularExpressions;
using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>A condition made ready to be asked: the field found, the values read, the regular expression compiled.</summary>
internal sealed class ConditionTest
{
    /// <summary>No backtracking: the time is in proportion to the text, so no expression can run away.</summary>
    private const RegexOptions Safe = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Func<string, bool> _test;

    private ConditionTest(Condition condition, RuleField field, Func<string, bool> test)
    {
        Condition = condition;
        Field = field;
        _test = test;
    }

    public Condition Condition { get; }

    public RuleField Field { get; }

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
            var tests = new List<Func<string, bool>>();
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
    public bool Takes(string value) => _test(value);

    /// <summary>Whether the condition holds for the message.</summary>
    public bool Holds(RoutedMessage message) => Condition.Not != Field.Values(message).Any(_test);

    private static Func<string, bool> Any(List<Func<string, bool>> tests) =>
        tests.Count == 1 ? tests[0] : text => tests.Exists(test => test(text));

    /// <summary>Whether the operator goes with that kind of value.</summary>
    public static bool IsAllowed(ConditionOperator @operator, MemoFieldType type) => @operator switch
    {
        ConditionOperator.EqualTo or ConditionOperator.Exists => true,
        ConditionOperator.Greater or ConditionOperator.Less => IsOrdered(type),
        _ => type == MemoFieldType.Text,
    };

    private static bool IsOrdered(MemoFieldType type) =>
        type is MemoFieldType.WholeNumber or MemoFieldType.DecimalNumber or MemoFieldType.Date or MemoFieldType.DateTime;

    private static Func<string, bool>? Test(Condition condition, RuleField field, string value)
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

    private static Func<string, bool>? TypedTest(ConditionOperator @operator, MemoFieldType type, string value)
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

/// <summary>Why a condition cannot be asked, and which part of it is wrong.</summary>
internal sealed record ConditionFault(ConditionFaultKind Kind, string Part);

/// <summary>What can be wrong with a condition.</summary>
internal enum ConditionFaultKind
{
    UnknownField,
    WrongNumberOfValues,
    OperatorNotForField,
    IllFormedValue,
}

/// <summary>Keys in a hierarchy by dots, as KLE and FORM have.</summary>
internal static class Hierarchy
{
    /// <summary>Whether the key is the ancestor itself or stands below it.</summary>
    public static bool IsUnder(string key, string ancestor, StringComparison comparison)
    {
        var above = ancestor.AsSpan().TrimEnd('.');
        return key.AsSpan().StartsWith(above, comparison) && (key.Length == above.Length || key[above.Length] == '.');
    }
}

/// <summary>Numbers and dates as one kind of number that can be compared.</summary>
internal static class OrderedValue
{
    // Those of ISO 8601 and no others: of a time of day alone, .NET would make a moment of today.
    private static readonly string[] Moments = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryRead(MemoFieldType type, string text, out decimal value)
    {
        value = 0;
        var trimmed = text.Trim();
        switch (type)
        {
            case MemoFieldType.WholeNumber or MemoFieldType.DecimalNumber:
                return decimal.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
            case MemoFieldType.Date:
                var isDay = DateOnly.TryParseExact(trimmed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
                value = day.DayNumber;
                return isDay;
            case MemoFieldType.DateTime:
                var isMoment = DateTimeOffset.TryParseExact(trimmed, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
                value = moment.UtcTicks;
                return isMoment;
            case MemoFieldType.Uuid:
                return Guid.TryParseExact(trimmed, "D", out _);
            case MemoFieldType.Boolean:
                return bool.TryParse(trimmed, out _);
            default:
                return false;
        }
    }
}
