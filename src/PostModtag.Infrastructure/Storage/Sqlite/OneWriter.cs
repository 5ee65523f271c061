namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>SQLite has one writer at a time. Waiting here is fair and quick; waiting in SQLite is polling.</summary>
internal sealed class OneWriter : DatabaseWriter, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <inheritdoc />
    public override async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();
}
