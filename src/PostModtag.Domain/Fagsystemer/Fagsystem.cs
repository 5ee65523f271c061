using System.Text.RegularExpressions;

namespace PostModtag.Domain.Fagsystemer;

/// <summary>A fagsystem (business system) that messages can go to.</summary>
public sealed partial class Fagsystem
{
    private Fagsystem()
    {
    }

    /// <summary>What rules and messages name it by; it never changes.</summary>
    public string Key { get; private set; } = "";

    /// <summary>What people call it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Who answers for it.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>How it gets its messages.</summary>
    public FagsystemKind Kind { get; private set; }

    /// <summary>Whether it takes messages.</summary>
    public FagsystemState State { get; private set; }

    /// <summary>The names by which messages call it (generatingSystemID, caseSystem), beside its key and its name.</summary>
    public IReadOnlyList<string> SystemIds { get; private set; } = [];

    /// <summary>
    /// The keys of further fagsystemer that get a copy of each message that it has accepted. What they answer changes nothing of the
    /// receipt, and they hand nothing on.
    /// </summary>
    public IReadOnlyList<string> HandOnTo { get; private set; } = [];

    /// <summary>Where it is, when it is on another host; else null.</summary>
    public RestConnection? Rest { get; private set; }

    /// <summary>When it was registered, UTC.</summary>
    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>When it was last changed, UTC.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Grows with each change, from 1.</summary>
    public long Revision { get; private set; }

    /// <summary>Every name by which a reply can call it.</summary>
    public IEnumerable<string> Names => [Key, Name, .. SystemIds];

    /// <summary>Whether a key has the form that keys have: 1 to 64 of a to z, 0 to 9 and hyphens, with a letter or digit first and last.</summary>
    public static bool IsKey(string key) => KeyForm().IsMatch(key);

    /// <summary>A fagsystem that is new, and active.</summary>
    /// <exception cref="ArgumentException">The key has not the form of a key.</exception>
    public static Fagsystem Register(string key, string name, string owner, FagsystemKind kind, RestConnection? rest, IReadOnlyList<string> systemIds, IReadOnlyList<string> handOnTo, DateTimeOffset now)
    {
        if (!IsKey(key))
            throw new ArgumentException("A fagsystem's key is 1 to 64 of a to z, 0 to 9 and hyphens.", nameof(key));
        return new Fagsystem { Key = key, Name = name, Owner = owner, Kind = kind, Rest = rest, SystemIds = systemIds, HandOnTo = handOnTo, RegisteredAt = now, ChangedAt = now, Revision = 1 };
    }

    /// <summary>Changes everything but the key.</summary>
    public void Change(string name, string owner, FagsystemKind kind, RestConnection? rest, FagsystemState state, IReadOnlyList<string> systemIds, IReadOnlyList<string> handOnTo, DateTimeOffset now)
    {
        (Name, Owner, Kind, Rest, State, SystemIds, HandOnTo, ChangedAt) = (name, owner, kind, rest, state, systemIds, handOnTo, now);
        Revision++;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyForm();
}
