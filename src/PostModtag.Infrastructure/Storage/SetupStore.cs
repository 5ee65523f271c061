using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;

namespace PostModtag.Infrastructure.Storage;

/// <summary>The set-up in the database. A change is one transaction, and durable when its method returns.</summary>
internal sealed class SetupStore(IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer, ISetupRevision revisions) : ISetupStore
{
    /// <inheritdoc />
    public Task<long> GetRevisionAsync(CancellationToken cancellationToken) => revisions.GetAsync(cancellationToken);

    /// <inheritdoc />
    public async Task<SetupSnapshot> GetSnapshotAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var moment = await database.BeginReadAsync(cancellationToken);
        var revision = await database.Setup.Select(row => row.Revision).SingleAsync(cancellationToken);
        var fagsystemer = await database.Fagsystemer.OrderBy(fagsystem => fagsystem.Key).ToListAsync(cancellationToken);
        var versions = await database.Authorities.Where(authority => authority.CurrentVersion != null)
            .Select(authority => new { authority.Cvr, authority.CurrentVersion })
            .ToDictionaryAsync(authority => authority.Cvr, authority => authority.CurrentVersion!.Value, cancellationToken);
        return new SetupSnapshot(revision, fagsystemer, versions);
    }

    /// <inheritdoc />
    public async Task<Fagsystem?> FindFagsystemAsync(string key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Fagsystemer.SingleOrDefaultAsync(fagsystem => fagsystem.Key == key, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Fagsystem>> FindFagsystemerAsync(FagsystemState? state, string? afterKey, int count, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        IQueryable<Fagsystem> fagsystemer = database.Fagsystemer;
        if (state is { } wanted)
            fagsystemer = fagsystemer.Where(fagsystem => fagsystem.State == wanted);
        if (afterKey is not null)
            fagsystemer = fagsystemer.Where(fagsystem => string.Compare(fagsystem.Key, afterKey) > 0);
        return await fagsystemer.OrderBy(fagsystem => fagsystem.Key).Take(count).ToListAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<AuthorityRules?> FindAuthorityAsync(string cvr, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Authorities.SingleOrDefaultAsync(authority => authority.Cvr == cvr, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<AuthoritySummary>> FindAuthoritiesAsync(IReadOnlyCollection<string>? among, string? afterCvr, int count, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var authorities = database.Authorities.Where(authority => authority.CurrentVersion != null || authority.DraftChangedAt != null);
        if (among is not null)
            authorities = authorities.Where(authority => among.Contains(authority.Cvr));
        if (afterCvr is not null)
            authorities = authorities.Where(authority => string.Compare(authority.Cvr, afterCvr) > 0);
        return await authorities.OrderBy(authority => authority.Cvr).Take(count)
            .Select(authority => new AuthoritySummary(authority.Cvr, authority.CurrentVersion, authority.DraftChangedAt != null)).ToListAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<Publication?> FindPublicationAsync(string cvr, int number, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Publications
            .SingleOrDefaultAsync(publication => publication.Cvr == cvr && publication.Number == number, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<PublicationSummary>> FindPublicationsAsync(string cvr, int? beforeNumber, int count, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var publications = database.Publications.Where(publication => publication.Cvr == cvr);
        if (beforeNumber is { } before)
            publications = publications.Where(publication => publication.Number < before);
        return await publications.OrderByDescending(publication => publication.Number).Take(count)
            .Select(publication => new PublicationSummary(
                publication.Number, publication.RuleCount, publication.PublishedAt, publication.PublishedBy, publication.Comment, publication.Again,
                database.Authorities.Any(authority => authority.Cvr == cvr && authority.CurrentVersion == publication.Number)))
            .ToListAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RuleReference>> FindReferencesAsync(string fagsystem, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var references = new List<RuleReference>();
        await foreach (var authority in database.Authorities.OrderBy(authority => authority.Cvr).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (authority.CurrentVersion is { } number && await FindPublicationAsync(authority.Cvr, number, cancellationToken) is { } current && PointsTo(current.RuleSet))
                references.Add(new RuleReference(authority.Cvr, number));
            if (authority.Draft is { } draft && PointsTo(draft))
                references.Add(new RuleReference(authority.Cvr, null));
        }

        return references;

        bool PointsTo(RuleSet ruleSet) => ruleSet.Otherwise == fagsystem || ruleSet.Rules.Any(rule => rule.Fagsystem == fagsystem);
    }

    /// <inheritdoc />
    public async Task<bool> ApplyAsync(SetupChange change, long revision, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.TransactAsync(database => ApplyAsync(database, change, revision, cancellationToken), cancellationToken);
        }
        finally
        {
            revisions.Changed();
        }
    }

    private static async Task<bool> ApplyAsync(PostModtagDbContext database, SetupChange change, long revision, CancellationToken cancellationToken)
    {
        var isLatest = await database.Setup.Where(row => row.Revision == revision)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Revision, revision + 1), cancellationToken) == 1;
        if (!isLatest)
            return false;

        await AttachAsync(database, change, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await database.AnnounceSetupAsync(cancellationToken);
        return true;
    }

    private static async Task AttachAsync(PostModtagDbContext database, SetupChange change, CancellationToken cancellationToken)
    {
        database.Add(change.Audit);
        if (change.AddedFagsystem is { } added)
            database.Add(added);
        if (change.ChangedFagsystem is { } changed)
            database.Update(changed);
        if (change.RemovedFagsystem is { } removed)
            database.Remove(removed);

        // What was presented to one is not presented to another that is given the same key.
        if ((change.RemovedFagsystem ?? change.AddedFagsystem)?.Key is { } key)
            await database.Credentials.Where(credential => credential.Fagsystem == key).ExecuteDeleteAsync(cancellationToken);
        if (change.Publication is { } publication)
            database.Add(publication);
        if (change.Authority is not { } authority)
            return;
        if (await database.Authorities.AnyAsync(row => row.Cvr == authority.Cvr, cancellationToken))
            database.Update(authority);
        else
            database.Add(authority);
    }
}
