using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.RegisterFagsystem;

/// <summary>Register a fagsystem.</summary>
public sealed record RegisterFagsystemCommand(string Key, FagsystemDetails Details) : IRequest<Change<Fagsystem>>, IOfServer;

/// <summary>Registers it, when nobody else has its key or its names.</summary>
internal sealed class RegisterFagsystemHandler(
    FagsystemDetailsValidator validator, FagsystemDirectory handlers, ISetupStore store, SetupChanges changes, ICaller caller, TimeProvider clock)
    : IRequestHandler<RegisterFagsystemCommand, Change<Fagsystem>>
{
    /// <inheritdoc />
    public Task<Change<Fagsystem>> Handle(RegisterFagsystemCommand request, CancellationToken cancellationToken) =>
        changes.MakeAsync(() => AttemptAsync(request, cancellationToken), cancellationToken);

    private async Task<(SetupChange?, Change<Fagsystem>)> AttemptAsync(RegisterFagsystemCommand request, CancellationToken cancellationToken)
    {
        var (key, details) = request;
        if (!Fagsystem.IsKey(key))
            return (null, new Change<Fagsystem>.Invalid([new Fault("key", new BilingualText(
                "Skriv 1 til 64 tegn af a til z, 0 til 9 og bindestreg, med et bogstav eller et ciffer først og sidst.",
                "Expected 1 to 64 of a to z, 0 to 9 and hyphens, a letter or digit first and last."))]));

        var others = (await store.GetSnapshotAsync(cancellationToken)).Fagsystemer;
        if (others.Any(other => other.Key == key))
            return (null, new Change<Fagsystem>.Refused(Refusal.KeyTaken, $"The key {key} is another fagsystem's. Choose another key, or change that fagsystem with PUT /fagsystemer/{key}."));
        if (validator.FaultsOf(details, key, others, handlers) is { Count: > 0 } faults)
            return (null, new Change<Fagsystem>.Invalid(faults));

        var now = clock.GetUtcNow();
        var fagsystem = Fagsystem.Register(key, details.Name, details.Owner, details.Kind, details.Rest, details.SystemIds, details.HandOnTo, now);
        var audit = new AuditEntry(now, caller.Name, AuditAction.FagsystemRegistered, null, key, FagsystemText.Of(fagsystem));
        return (new SetupChange { AddedFagsystem = fagsystem, Audit = audit }, new Change<Fagsystem>.Done(fagsystem));
    }
}
