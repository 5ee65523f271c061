namespace PostModtag.Domain.Rules;

/// <summary>Why a message goes where it goes.</summary>
/// <param name="Decision">Where it goes.</param>
/// <param name="Tried">The rules that were asked, in order, up to the one that took it; none when a reply found home.</param>
public sealed record RoutingExplanation(RoutingDecision Decision, IReadOnlyList<TriedRule> Tried);

/// <summary>A rule that was asked.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="IsInForce">Whether it is switched on and in its period.</param>
/// <param name="Conditions">Its conditions, each with whether it held.</param>
/// <param name="Takes">Whether it took the message.</param>
public sealed record TriedRule(string Rule, bool IsInForce, IReadOnlyList<TriedCondition> Conditions, bool Takes);

/// <summary>A condition that was asked.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Held">Whether it held.</param>
/// <param name="Values">What the message has in the condition's field; empty when it has nothing there. Personal data.</param>
public sealed record TriedCondition(Condition Condition, bool Held, IReadOnlyList<string> Values)
{
    /// <summary>Without the values: they are personal data.</summary>
    public override string ToString() => $"{ConditionText.Of(Condition)}: {Held}";
}
