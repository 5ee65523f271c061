namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>PostgreSQL takes writers side by side.</summary>
internal sealed class ManyWriters : DatabaseWriter
{
    /// <inheritdoc />
    public override Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken) => write();
}
