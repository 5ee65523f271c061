namespace PostModtag.Infrastructure.Storage.Retention;

/// <summary>Takes contents out of where the database has them.</summary>
internal interface IContentRemoval
{
    /// <summary>In the transaction that is open on it: each content has one message less, and those that have none left are gone.</summary>
    /// <param name="database">The database.</param>
    /// <param name="sha256">The contents' names, each once a message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task RemoveAsync(PostModtagDbContext database, IReadOnlyCollection<string> sha256, CancellationToken cancellationToken);

    /// <summary>Overwrites what was deleted. True when nothing of it is left.</summary>
    Task<bool> EraseAsync(CancellationToken cancellationToken);
}
