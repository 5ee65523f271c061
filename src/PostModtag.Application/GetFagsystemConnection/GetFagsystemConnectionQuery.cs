using MediatR;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.GetFagsystemConnection;

/// <summary>Get how the way to a fagsystem is, and what is presented to it. Null when there is no such fagsystem.</summary>
public sealed record GetFagsystemConnectionQuery(string Key) : IRequest<FagsystemConnectionView?>;

/// <summary>How the way to a fagsystem is.</summary>
/// <param name="State">How it is now, on this node.</param>
/// <param name="Credential">What is presented to it, without the secret; null for nothing.</param>
public sealed record FagsystemConnectionView(ConnectionState State, FagsystemCredential? Credential);

/// <summary>Gets it.</summary>
public sealed class GetFagsystemConnectionHandler(ISetupStore store, ICredentialStore credentials, IRestFagsystem rest) : IRequestHandler<GetFagsystemConnectionQuery, FagsystemConnectionView?>
{
    /// <inheritdoc />
    public async Task<FagsystemConnectionView?> Handle(GetFagsystemConnectionQuery request, CancellationToken cancellationToken) =>
        await store.FindFagsystemAsync(request.Key, cancellationToken) is { } fagsystem
            ? new FagsystemConnectionView(rest.StateOf(fagsystem), await credentials.FindAsync(request.Key, cancellationToken))
            : null;
}
