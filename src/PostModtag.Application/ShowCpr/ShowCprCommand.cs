using FluentValidation;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.ShowCpr;

/// <summary>Have the CPR numbers in one field of a message shown, for a reason that is kept in the audit trail.</summary>
/// <param name="MessageUuid">The message.</param>
/// <param name="Field">The field's path in the catalogue of fields, such as <c>MessageHeader/Sender/senderID</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record ShowCprCommand(Guid MessageUuid, string Field, string Reason) : IRequest<Change<string>>, IOfCallersAuthorities;

/// <summary>What the command must be.</summary>
internal sealed class ShowCprValidator : AbstractValidator<ShowCprCommand>
{
    private const int MaxReason = 200;

    /// <summary>The rules.</summary>
    public ShowCprValidator()
    {
        RuleFor(command => command.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason) && reason.Length <= MaxReason && !reason.Any(char.IsControl))
            .OverridePropertyName("reason").Says($"Skriv hvorfor, med 1 til {MaxReason} tegn på én linje.", $"Expected 1 to {MaxReason} characters on one line that say why.");
        RuleFor(command => command.Field).Must(field => MemoFields.Find(field) is not null)
            .OverridePropertyName("field").Says("Feltet findes ikke.", "Expected the path of a field, as /fields lists them.");
    }
}

/// <summary>Keeps the reason; the field's path is what may be shown then.</summary>
internal sealed class ShowCprHandler(ShowCprValidator validator, CallersMessages messages, IAuditTrail audit, ICaller caller, TimeProvider clock) : IRequestHandler<ShowCprCommand, Change<string>>
{
    /// <inheritdoc />
    public async Task<Change<string>> Handle(ShowCprCommand request, CancellationToken cancellationToken)
    {
        if (validator.Validate(request) is { IsValid: false } wrong)
            return new Change<string>.Invalid(wrong.Faults());
        if (await messages.FindAsync(request.MessageUuid, cancellationToken) is not { } message)
            return new Change<string>.NotFound();

        // Who gives the number itself as the reason does not put it into the audit trail.
        var detail = $"message {message.MessageUuid}: CPR number in {request.Field}: {CprText.Mask(request.Reason)}";
        await audit.AddAsync(new AuditEntry(clock.GetUtcNow(), caller.Name, AuditAction.CprShown, message.Authority, message.Fagsystem, detail), cancellationToken);
        return new Change<string>.Done(request.Field);
    }
}
