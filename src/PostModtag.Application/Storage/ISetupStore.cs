using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Storage;

/// <summary>
/// Keeps what the server is set up with: the fagsystemer, the authorities' rules and the audit trail of both. The whole
/// has one revision that grows with each change, so that any node sees at once whether it knows the latest.
/// </summary>
public interface ISetupStore
{
    /// <summary>The revision of the whole.</summary>
    Task<long> GetRevisionAsync(CancellationToken cancellationToken);

    /// <summary>Everything that routing needs but the rules themselves, and the revision it is of.</summary>
    Task<SetupSnapshot> GetSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>The fagsystem with that key, or null.</summary>
    Task<Fagsystem?> FindFagsystemAsync(string key, CancellationToken cancellationToken);

    /// <summary>Fagsystemer in a state, or in any when null, by key, from after <paramref name="afterKey"/>.</summary>
    Task<IReadOnlyList<Fagsystem>> FindFagsystemerAsync(FagsystemState? state, string? afterKey, int count, CancellationToken cancellationToken);

    /// <summary>The rules of the authority, or null when nothing is kept of it.</summary>
    Task<AuthorityRules?> FindAuthorityAsync(string cvr, CancellationToken cancellationToken);

    /// <summary>Authorities by CVR number, from after <paramref name="afterCvr"/>; without their drafts' rules. Only those of <paramref name="among"/>, where it is not null.</summary>
    Task<IReadOnlyList<AuthoritySummary>> FindAuthoritiesAsync(IReadOnlyCollection<string>? among, string? afterCvr, int count, CancellationToken cancellationToken);

    /// <summary>A publication with its rules, or null.</summary>
    Task<Publication?> FindPublicationAsync(string cvr, int number, CancellationToken cancellationToken);

    /// <summary>Publications of the authority, the newest first, from below <paramref name="beforeNumber"/>; without their rules.</summary>
    Task<IReadOnlyList<PublicationSummary>> FindPublicationsAsync(string cvr, int? beforeNumber, int count, CancellationToken cancellationToken);

    /// <summary>Where current rules and drafts point to that fagsystem.</summary>
    Task<IReadOnlyList<RuleReference>> FindReferencesAsync(string fagsystem, CancellationToken cancellationToken);

    /// <summary>Keeps a change whole and durable. False, and nothing is kept, when the set-up is no longer at <paramref name="revision"/>.</summary>
    Task<bool> ApplyAsync(SetupChange change, long revision, CancellationToken cancellationToken);
}

/// <summary>A change to the set-up, kept whole.</summary>
public sealed class SetupChange
{
    /// <summary>What it says in the audit trail.</summary>
    public required AuditEntry Audit { get; init; }

    /// <summary>A fagsystem that is new.</summary>
    public Fagsystem? AddedFagsystem { get; init; }

    /// <summary>A fagsystem that was changed.</summary>
    public Fagsystem? ChangedFagsystem { get; init; }

    /// <summary>A fagsystem that is to go.</summary>
    public Fagsystem? RemovedFagsystem { get; init; }

    /// <summary>An authority's rules that were changed, or are new.</summary>
    public AuthorityRules? Authority { get; init; }

    /// <summary>A publication that is new.</summary>
    public Publication? Publication { get; init; }
}

/// <summary>What routing needs to know of the set-up.</summary>
/// <param name="Revision">The revision it is of.</param>
/// <param name="Fagsystemer">All fagsystemer.</param>
/// <param name="CurrentVersions">The publication that counts, by the authority's CVR number.</param>
public sealed record SetupSnapshot(long Revision, IReadOnlyList<Fagsystem> Fagsystemer, IReadOnlyDictionary<string, int> CurrentVersions);

/// <summary>An authority in a list.</summary>
public sealed record AuthoritySummary(string Cvr, int? CurrentVersion, bool HasDraft);

/// <summary>A publication in a list.</summary>
public sealed record PublicationSummary(int Number, int RuleCount, DateTimeOffset PublishedAt, string PublishedBy, string Comment, int? Again, bool IsCurrent);

/// <summary>Rules that point to a fagsystem.</summary>
/// <param name="Cvr">The authority's CVR number.</param>
/// <param name="Version">The publication that counts; null for the draft.</param>
public sealed record RuleReference(string Cvr, int? Version);
