using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;

namespace PostModtag.Application.RemoveFagsystemCredential;

/// <summary>Present nothing to a fagsystem any more.</summary>
public sealed record RemoveFagsystemCredentialCommand(string Key) : IRequest<Change<string>>, IOfServer;

/// <summary>Removes what was presented.</summary>
internal sealed class RemoveFagsystemCredentialHandler(ISetupStore store, ICredentialStore credentials, ICaller caller, TimeProvider clock) : IRequestHandler<RemoveFagsystemCredentialCommand, Change<string>>
{
    /// <inheritdoc />
    public async Task<Change<string>> Handle(RemoveFagsystemCredentialCommand request, CancellationToken cancellationToken)
    {
        if (await store.FindFagsystemAsync(request.Key, cancellationToken) is null)
            return new Change<string>.NotFound();
        if (await credentials.FindAsync(request.Key, cancellationToken) is { } credential)
            await credentials.RemoveAsync(request.Key, new AuditEntry(clock.GetUtcNow(), caller.Name, AuditAction.CredentialRemoved, null, request.Key, $"{credential.Kind} {credential.Description}"), cancellationToken);
        return new Change<string>.Done(request.Key);
    }
}
