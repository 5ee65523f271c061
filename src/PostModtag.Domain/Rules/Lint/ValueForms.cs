using System.Text.RegularExpressions;

namespace PostModtag.Domain.Rules.Lint;

/// <summary>How keys and numbers are written that MeMo's schema only knows as text.</summary>
internal static partial class ValueForms
{
    private static readonly ValueForm Kle = new(LintCode.KeyForm, GroupsOfThree(),
        "En KLE-nøgle skrives med højst tre grupper af to cifre, fx 27.12.06.", "A KLE key is written as at most three groups of two digits, such as 27.12.06.");

    private static readonly ValueForm Form = new(LintCode.KeyForm, GroupsOfFour(),
        "En FORM-nøgle skrives med højst fire grupper af to cifre, fx 54.10.05.10.", "A FORM key is written as at most four groups of two digits, such as 54.10.05.10.");

    private static readonly ValueForm Cpr = new(LintCode.NumberForm, TenDigits(),
        "Et CPR-nummer skrives med ti cifre uden bindestreg.", "A CPR number is written as ten digits without a hyphen.");

    private static readonly ValueForm Cvr = new(LintCode.NumberForm, EightDigits(),
        "Et CVR-nummer skrives med otte cifre.", "A CVR number is written as eight digits.");

    /// <summary>The form that a value of the condition should have, where it must be a whole one; null when there is none to hold it to.</summary>
    public static ValueForm? Of(ConditionTest test) => (test.Condition.Operator, test.Field.Name) switch
    {
        (ConditionOperator.EqualTo or ConditionOperator.Under, "ContentData/KLEdata/subjectKey") => Kle,
        (ConditionOperator.EqualTo or ConditionOperator.Under, "ContentData/FORMdata/taskKey") => Form,
        (ConditionOperator.EqualTo, "ContentData/CPRdata/cprNumber") => Cpr,
        (ConditionOperator.EqualTo, "ContentData/CVRdata/cvrNumber") => Cvr,
        _ => null,
    };

    [GeneratedRegex(@"^[0-9]{2}(\.[0-9]{2}){0,2}\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupsOfThree();

    [GeneratedRegex(@"^[0-9]{2}(\.[0-9]{2}){0,3}\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex GroupsOfFour();

    [GeneratedRegex("^[0-9]{10}$", RegexOptions.CultureInvariant)]
    private static partial Regex TenDigits();

    [GeneratedRegex("^[0-9]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex EightDigits();
}

/// <summary>A form that values have, and how to say so.</summary>
/// <param name="Code">What it is when a value does not have it.</param>
/// <param name="Expression">The form.</param>
/// <param name="Danish">The form in words.</param>
/// <param name="English">The form in words.</param>
internal sealed record ValueForm(LintCode Code, Regex Expression, string Danish, string English);
