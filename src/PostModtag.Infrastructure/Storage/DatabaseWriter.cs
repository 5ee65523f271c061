namespace PostModtag.Infrastructure.Storage;

/// <summary>Lets writers at the database: one at a time, or side by side, as it takes them.</summary>
internal abstract class DatabaseWriter
{
    /// <summary>Writes when it is this writer's turn.</summary>
    public abstract Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken);
}
