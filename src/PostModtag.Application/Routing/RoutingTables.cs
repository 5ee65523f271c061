using System.Collections.Concurrent;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Routing;

/// <summary>
/// The current set-up, ready to route by. It asks the store for no more than the revision of the whole as long as nothing has
/// changed, so a change on any node counts for the next message on every node.
/// </summary>
internal sealed class RoutingTables(ISetupStore store)
{
    private readonly ConcurrentDictionary<(string Cvr, int Number), Lazy<Task<Router>>> _routers = new();
    private RoutingTable? _latest;

    /// <summary>The set-up as it is now.</summary>
    public async Task<RoutingTable> CurrentAsync(CancellationToken cancellationToken)
    {
        var revision = await store.GetRevisionAsync(cancellationToken);
        if (Volatile.Read(ref _latest) is { } latest && latest.Revision == revision)
            return latest;

        var snapshot = await store.GetSnapshotAsync(cancellationToken);
        var table = new RoutingTable(snapshot.Revision, snapshot.Fagsystemer, snapshot.CurrentVersions);
        Volatile.Write(ref _latest, table);
        foreach (var (cvr, number) in _routers.Keys.Where(key => !table.IsCurrent(key.Cvr, key.Number)))
            _routers.TryRemove((cvr, number), out _);
        return table;
    }

    /// <summary>
    /// Learns of a change before a message asks: rules that replace ones in use on this node are made ready. Says the
    /// revision that is in use now.
    /// </summary>
    public async Task<long> RefreshAsync(CancellationToken cancellationToken)
    {
        var inUse = _routers.Keys.Select(key => key.Cvr).Distinct().ToList();
        var table = await CurrentAsync(cancellationToken);
        foreach (var cvr in inUse)
        {
            if (table.CurrentVersion(cvr) is { } number)
                await RouterAsync(cvr, number);
        }

        return table.Revision;
    }

    /// <summary>The rules of a publication, made ready once and kept as long as they are current.</summary>
    /// <exception cref="InvalidOperationException">There is no such publication.</exception>
    public async Task<Router> RouterAsync(string cvr, int number)
    {
        var router = _routers.GetOrAdd((cvr, number), key => new Lazy<Task<Router>>(() => CompileAsync(key.Cvr, key.Number)));
        try
        {
            return await router.Value;
        }
        catch
        {
            // What failed once, when the database was away, is tried again.
            _routers.TryRemove(KeyValuePair.Create((cvr, number), router));
            throw;
        }
    }

    private async Task<Router> CompileAsync(string cvr, int number)
    {
        var publication = await store.FindPublicationAsync(cvr, number, CancellationToken.None)
            ?? throw new InvalidOperationException($"Publication {number} of authority {cvr} is current and not there.");
        return Router.Compile(publication.RuleSet);
    }
}
