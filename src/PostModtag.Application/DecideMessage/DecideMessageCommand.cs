using FluentValidation;
using MediatR;
using PostModtag.Application.Administration;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.DecideMessage;

/// <summary>A person's decision about a message that is not decided.</summary>
public sealed record DecideMessageCommand(Guid MessageUuid, MessageAction Action, string? Fagsystem, string Reason) : IRequest<Change<Message>>;

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

/// <summary>What a command must be.</summary>
public sealed class DecideMessageValidator : AbstractValidator<DecideMessageCommand>
{
    private const int MaxReason = 1_000;

    /// <summary>The rules.</summary>
    public DecideMessageValidator()
    {
        RuleFor(command => command.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason) && reason.Length <= MaxReason)
            .OverridePropertyName("reason").WithMessage($"Expected 1 to {MaxReason} characters that say why.");
        RuleFor(command => command.Fagsystem).Must((command, fagsystem) => (fagsystem is not null) == (command.Action == MessageAction.Redirect))
            .OverridePropertyName("fagsystem").WithMessage("Expected with REDIRECT, and with no other.");
    }
}
