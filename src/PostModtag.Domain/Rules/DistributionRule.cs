namespace PostModtag.Domain.Rules;

/// <summary>A distribution rule (distributionsregel) of an authority: messages that meet every condition go to one fagsystem.</summary>
/// <param name="Name">The rule's name, by which people know it; no two of an authority have the same.</param>
/// <param name="Priority">Rules are asked by priority, 1 first; those of equal priority in their order.</param>
/// <param name="Conditions">What must hold, all of it. None at all makes the rule a catch-all.</param>
/// <param name="Fagsystem">The key of the fagsystem that the messages go to.</param>
/// <param name="ValidFrom">The first day it counts; null for always before.</param>
/// <param name="ValidUntil">The last day it counts; null for always after.</param>
/// <param name="IsEnabled">Whether it counts at all.</param>
public sealed record DistributionRule(
    string Name,
    int Priority,
    IReadOnlyList<Condition> Conditions,
    string Fagsystem,
    DateOnly? ValidFrom = null,
    DateOnly? ValidUntil = null,
    bool IsEnabled = true)
{
    /// <summary>Whether it counts on that day.</summary>
    public bool IsInForce(DateOnly day) => IsEnabled && !(day < ValidFrom) && !(day > ValidUntil);
}
