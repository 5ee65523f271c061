using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.Routing;

/// <summary>The set-up as one message sees it from its beginning to its end: the fagsystemer, and each authority's current rules.</summary>
internal sealed class RoutingTable
{
    private readonly Dictionary<string, Fagsystem> _byKey;
    private readonly Dictionary<string, string> _keyByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyDictionary<string, int> _currentVersions;

    internal RoutingTable(long revision, IReadOnlyList<Fagsystem> fagsystemer, IReadOnlyDictionary<string, int> currentVersions)
    {
        Revision = revision;
        _currentVersions = currentVersions;
        _byKey = fagsystemer.ToDictionary(fagsystem => fagsystem.Key);
        foreach (var fagsystem in fagsystemer.Where(fagsystem => fagsystem.State != FagsystemState.Retired))
        {
            foreach (var name in fagsystem.Names)
                _keyByName.TryAdd(name, fagsystem.Key);
        }
    }

    /// <summary>The revision of the set-up that it is of.</summary>
    public long Revision { get; }

    /// <summary>All fagsystemer that are registered.</summary>
    public IReadOnlyCollection<Fagsystem> Fagsystemer => _byKey.Values;

    /// <summary>The fagsystem with that key, or null.</summary>
    public Fagsystem? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The state of the fagsystem with that key; null when none is registered.</summary>
    public FagsystemState? StateOf(string key) => Find(key)?.State;

    /// <summary>The key of the fagsystem that a message calls by that name, letter case aside; null when none has it. A retired one has no name.</summary>
    public string? KeyNamed(string name) => _keyByName.GetValueOrDefault(name.Trim());

    /// <summary>The publication that counts for the authority; null when it has none.</summary>
    public int? CurrentVersion(string cvr) => _currentVersions.TryGetValue(cvr, out var number) ? number : null;

    internal bool IsCurrent(string cvr, int number) => CurrentVersion(cvr) == number;
}
