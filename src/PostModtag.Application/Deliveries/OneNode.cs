namespace PostModtag.Application.Deliveries;

/// <summary>One process has the database for itself: it is always its turn.</summary>
internal sealed class OneNode : INodeTurns
{
    private static readonly IAsyncDisposable Always = new Turn();

    /// <inheritdoc />
    public Task<IAsyncDisposable?> TakeAsync(Guid messageUuid, TimeSpan patience) => Task.FromResult<IAsyncDisposable?>(Always);

    private sealed class Turn : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => default;
    }
}
