namespace PostModtag.Domain.Rules;

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
