using FluentValidation;
using PostModtag.Application.Administration;

namespace PostModtag.Application.Deliveries;

/// <summary>What a person has decided about a message that is not decided, or about many.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Fagsystem">Where to, with <see cref="MessageAction.Redirect"/>.</param>
/// <param name="Reason">Why.</param>
public sealed record Decision(MessageAction Action, string? Fagsystem, string Reason);

/// <summary>What a person can do with a message that is not decided.</summary>
public enum MessageAction
{
    /// <summary>Ask its fagsystem again now.</summary>
    Retry,

    /// <summary>Send it to another fagsystem.</summary>
    Redirect,

    /// <summary>Reject it.</summary>
    Reject,
}

/// <summary>What a decision must be.</summary>
internal sealed class DecisionValidator : AbstractValidator<Decision>
{
    private const int MaxReason = 1_000;

    /// <summary>The rules.</summary>
    public DecisionValidator()
    {
        RuleFor(decision => decision.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason) && reason.Length <= MaxReason)
            .OverridePropertyName("reason").Says($"Skriv hvorfor, med 1 til {MaxReason} tegn.", $"Expected 1 to {MaxReason} characters that say why.");
        RuleFor(decision => decision.Fagsystem).Must((decision, fagsystem) => (fagsystem is not null) == (decision.Action == MessageAction.Redirect))
            .OverridePropertyName("fagsystem").Says("Vælg et fagsystem, når meddelelsen skal sendes til et andet.", "Expected with REDIRECT, and with no other.");
    }
}
