using System.Collections.Concurrent;
using Polly.CircuitBreaker;
using PostModtag.Application.Deliveries;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>The way to each fagsystem, made when it is first needed, and anew when the fagsystem or what is presented to it has changed.</summary>
internal sealed class FagsystemConnections(ICredentialStore credentials, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, (string Version, Lazy<FagsystemConnection> Connection)> _connections = new();

    /// <summary>The way to a fagsystem as it is set up now.</summary>
    public async Task<FagsystemConnection> ToAsync(Fagsystem fagsystem, CancellationToken cancellationToken)
    {
        var credential = await credentials.FindAsync(fagsystem.Key, cancellationToken);
        var version = $"{fagsystem.Revision} {credential?.ChangedAt.ToUnixTimeMilliseconds()}";
        return _connections.AddOrUpdate(fagsystem.Key, _ => Make(), (_, known) => known.Version == version ? known : Make()).Connection.Value;

        // The one before is left to those that are on their way; its idle connections close by themselves.
        (string, Lazy<FagsystemConnection>) Make() => (version, new Lazy<FagsystemConnection>(() =>
            new FagsystemConnection(fagsystem.Rest!, credential is null ? null : credentials.Reveal(credential), clock)));
    }

    /// <summary>The state of a fagsystem's circuit; closed when nothing has been sent to it.</summary>
    public CircuitState CircuitOf(string key) =>
        _connections.TryGetValue(key, out var known) && known.Connection.IsValueCreated ? known.Connection.Value.Circuit : CircuitState.Closed;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, (_, connection)) in _connections)
        {
            if (connection.IsValueCreated)
                connection.Value.Dispose();
        }
    }
}
