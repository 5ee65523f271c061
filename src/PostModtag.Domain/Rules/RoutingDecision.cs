namespace PostModtag.Domain.Rules;

/// <summary>Which one fagsystem a message is for, and what decided it.</summary>
/// <param name="Basis">What decided.</param>
/// <param name="Fagsystem">The fagsystem's key; null when the message is to be rejected.</param>
/// <param name="Rule">The rule that decided; null when it was none.</param>
/// <param name="Reasons">What held, in the words of the rules and not of the message: it quotes no value of it.</param>
public sealed record RoutingDecision(RoutingBasis Basis, string? Fagsystem, string? Rule, IReadOnlyList<string> Reasons);

/// <summary>What decides where a message goes.</summary>
public enum RoutingBasis
{
    /// <summary>It is a reply, and names the fagsystem that it is a reply to.</summary>
    Reply,

    /// <summary>A rule took it.</summary>
    Rule,

    /// <summary>No rule took it, and the authority has named a fagsystem for that.</summary>
    Otherwise,

    /// <summary>No rule took it, and the authority rejects such messages.</summary>
    Rejected,

    /// <summary>The authority has published no rules: the indbakke takes everything.</summary>
    NoRules,
}
