using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// This process has the database for itself, so it knows of every change, and asks only after one. A connection that only asks would
/// also read all its pages anew each time that another has written.
/// </summary>
internal sealed class SqliteSetupRevision(IDbContextFactory<SqliteDbContext> databases) : ISetupRevision
{
    private int _changes;
    private Known? _known;

    /// <inheritdoc />
    public async Task<long> GetAsync(CancellationToken cancellationToken)
    {
        var changes = Volatile.Read(ref _changes);
        if (Volatile.Read(ref _known) is { } known && known.Changes == changes)
            return known.Revision;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var revision = await database.Setup.Select(row => row.Revision).SingleAsync(cancellationToken);

        // A change that came meanwhile has another number: what was read before it counts for nobody after it.
        Volatile.Write(ref _known, new Known(changes, revision));
        return revision;
    }

    /// <inheritdoc />
    public void Changed() => Interlocked.Increment(ref _changes);

    private sealed record Known(int Changes, long Revision);
}
