using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.GetFagsystemConnection;

/// <summary>Get how the way to a fagsystem is, and what is presented to it. Null when there is no such fagsystem.</summary>
public sealed record GetFagsystemConnectionQuery(string Key) : IRequest<FagsystemConnectionView?>, IOfEveryone;

/// <summary>How the way to a fagsystem is.</summary>
/// <param name="Status">How it is now, on this node.</param>
/// <param name="Credential">What is presented to it, without the secret; null for nothing.</param>
/// <param name="CredentialLost">Whether that cannot be decrypted.</param>
public sealed record FagsystemConnectionView(ConnectionStatus Status, FagsystemCredential? Credential, bool CredentialLost);

/// <summary>Gets it.</summary>
internal sealed class GetFagsystemConnectionHandler(ISetupStore store, ICredentialStore credentials, IRestFagsystem rest) : IRequestHandler<GetFagsystemConnectionQuery, FagsystemConnectionView?>
{
    /// <inheritdoc />
    public async Task<FagsystemConnectionView?> Handle(GetFagsystemConnectionQuery request, CancellationToken cancellationToken)
    {
        if (await store.FindFagsystemAsync(request.Key, cancellationToken) is not { } fagsystem)
            return null;
        var credential = await credentials.FindAsync(request.Key, cancellationToken);
        return new FagsystemConnectionView(rest.StatusOf(fagsystem), credential, credential is not null && IsLost(credential));
    }

    private bool IsLost(FagsystemCredential credential)
    {
        try
        {
            _ = credentials.Reveal(credential);
            return false;
        }
        catch (CredentialLostException)
        {
            return true;
        }
    }
}
