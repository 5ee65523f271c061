using PostModtag.Domain.Rules;

namespace PostModtag.Domain.Messages;

/// <summary>What decided where a message goes, as it was when the message came. It never changes.</summary>
/// <param name="Version">The publication of the authority's rules that was asked; null when it had none.</param>
/// <param name="Basis">What decided.</param>
/// <param name="Rule">The rule that took it; null when it was none.</param>
/// <param name="Reasons">The conditions that held, in the words of the rule.</param>
/// <param name="WhenUndecided">What the sender is told while the fagsystem does not decide.</param>
public sealed record MessageRouting(int? Version, RoutingBasis Basis, string? Rule, IReadOnlyList<string> Reasons, WhenUndecided WhenUndecided);
