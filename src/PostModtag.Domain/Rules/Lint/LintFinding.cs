using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Rules.Lint;

/// <summary>Something about a rule set that its authority should know before it is published.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Rule">The rule it is about; null when it is about the whole set.</param>
/// <param name="Condition">The place of the condition in the rule, from 0; null when it is about the whole rule.</param>
/// <param name="OtherRule">The other rule that it is about; null when there is none.</param>
/// <param name="Text">What is wrong, and what to do.</param>
public sealed record LintFinding(LintCode Code, string? Rule, int? Condition, string? OtherRule, BilingualText Text)
{
    /// <summary>Whether it stops the rule set from being published.</summary>
    public bool IsError => Code <= LintCode.LastError;
}

/// <summary>What lint finds. Those up to <see cref="LastError"/> stop a publication, the others warn.</summary>
public enum LintCode
{
    /// <summary>A condition asks for a field that there is not.</summary>
    UnknownField,

    /// <summary>A condition has no values, or has some where none belong.</summary>
    WrongNumberOfValues,

    /// <summary>The operator does not go with the field's kind of value.</summary>
    OperatorNotForField,

    /// <summary>A value is no number, date, UUID or regular expression where it must be one, or is none that the field can have.</summary>
    IllFormedValue,

    /// <summary>A value is longer than the field can be.</summary>
    ValueTooLong,

    /// <summary>The rule's conditions can never hold together.</summary>
    Contradiction,

    /// <summary>The rule's period ends before it begins.</summary>
    PeriodIsEmpty,

    /// <summary>The rule, or the set's last resort, names a fagsystem that is not registered.</summary>
    UnknownFagsystem,

    /// <summary>The rule, or the set's last resort, names a fagsystem that takes no more messages.</summary>
    RetiredFagsystem,

    /// <summary>Two rules have the same name, or one has none.</summary>
    NameNotUnique,

    /// <summary>Not a finding: the last of those that stop a publication.</summary>
    LastError = NameNotUnique,

    /// <summary>The fagsystem is paused: messages for it wait.</summary>
    PausedFagsystem,

    /// <summary>An earlier rule takes every message that this one would.</summary>
    Shadowed,

    /// <summary>
    /// A rule can take the same message as an earlier one and would send it to another fagsystem, and neither is merely
    /// the exception to the other: they have the same priority, or ask for the same fields. Each rule is found once.
    /// </summary>
    Overlap,

    /// <summary>The rule's period is over.</summary>
    PeriodIsOver,

    /// <summary>A KLE or FORM key is not written as groups of two digits with dots.</summary>
    KeyForm,

    /// <summary>There is neither a catch-all nor a last resort: messages that no rule takes are rejected.</summary>
    NoCatchAll,

    /// <summary>A CPR or CVR number does not have its number of digits.</summary>
    NumberForm,

    /// <summary>There are so many rules that may overlap that not all pairs were compared.</summary>
    OverlapsNotAllCompared,
}
