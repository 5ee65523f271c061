namespace PostModtag.Infrastructure.Storage;

/// <summary>
/// Lets writers at the database. What a write does is kept whole and durable when it returns, and not at all when it throws; it
/// does nothing to the database but through the context that it is given.
/// </summary>
internal abstract class DatabaseWriter
{
    /// <summary>Makes a write of one statement, or of one SaveChanges.</summary>
    public abstract Task<T> WriteAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken);

    /// <summary>Makes a write of several statements.</summary>
    public abstract Task<T> TransactAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken);

    /// <summary>
    /// Ends when what has been read is durable. It may have been committed a moment ago, and not be on the disk: nobody outside is told
    /// of it before. Whoever writes first, and then tells, has waited already.
    /// </summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public virtual Task SettleAsync() => Task.CompletedTask;
}
