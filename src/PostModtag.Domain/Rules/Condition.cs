namespace PostModtag.Domain.Rules;

/// <summary>
/// One thing that a rule asks of a message: a field, an operator, and values of which any suffices. Of a field with
/// several values in the message any suffices too. Negated, it holds exactly when it would not hold otherwise.
/// </summary>
/// <param name="Field">The field's name (<see cref="RuleFields"/>).</param>
/// <param name="Operator">What is asked of it.</param>
/// <param name="Values">What it is compared with; empty for <see cref="ConditionOperator.Exists"/>.</param>
/// <param name="Not">Whether the opposite is asked.</param>
/// <param name="CaseSensitive">Whether letter case counts; it does not unless said.</param>
public sealed record Condition(string Field, ConditionOperator Operator, IReadOnlyList<string> Values, bool Not = false, bool CaseSensitive = false);

/// <summary>What a condition can ask of a field.</summary>
public enum ConditionOperator
{
    /// <summary>The value is this.</summary>
    EqualTo,

    /// <summary>The value is this, or below it in a hierarchy by dots: 27.12 takes 27.12 and 27.12.06, and not 27.123.</summary>
    Under,

    /// <summary>The value begins with this.</summary>
    StartsWith,

    /// <summary>The value has this in it.</summary>
    Contains,

    /// <summary>The value matches this regular expression, anywhere in it. Its time is in proportion to the value's length, whatever it is.</summary>
    Matches,

    /// <summary>The field is there with a value that is not empty.</summary>
    Exists,

    /// <summary>The value, a number or a date, is greater than this.</summary>
    Greater,

    /// <summary>The value, a number or a date, is less than this.</summary>
    Less,
}
