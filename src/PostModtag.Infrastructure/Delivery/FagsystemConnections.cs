using System.Security.Cryptography;
using PostModtag.Application.Deliveries;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>The way to each fagsystem, made when it is first needed, and anew when where it is or what is presented to it has changed.</summary>
internal sealed class FagsystemConnections(ICredentialStore credentials, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (RestConnection Settings, string? Secret, FagsystemConnection Connection)> _known = [];

    /// <summary>The way to a fagsystem of the kind REST as it is set up now.</summary>
    /// <exception cref="CredentialLostException">What is to be presented to it cannot be decrypted.</exception>
    public async Task<FagsystemConnection> ToAsync(Fagsystem fagsystem, CancellationToken cancellationToken)
    {
        var (key, settings) = (fagsystem.Key, fagsystem.Rest!);
        var credential = await credentials.FindAsync(key, cancellationToken);
        var secret = credential is null ? null : Convert.ToHexString(SHA256.HashData(credential.Secret));
        lock (_lock)
        {
            if (_known.TryGetValue(key, out var known) && known.Settings == settings && known.Secret == secret)
                return known.Connection;

            // The one before is left to those that are on their way; its idle connections close by themselves.
            var connection = new FagsystemConnection(settings, credential is null ? null : credentials.Reveal(credential), clock);
            _known[key] = (settings, secret, connection);
            return connection;
        }
    }

    /// <summary>How the way to a fagsystem is now.</summary>
    public ConnectionStatus StatusOf(Fagsystem fagsystem)
    {
        lock (_lock)
            return _known.TryGetValue(fagsystem.Key, out var known) && known.Settings == fagsystem.Rest ? known.Connection.Status : ConnectionStatus.Unused;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, _, connection) in _known.Values)
            connection.Dispose();
    }
}
