namespace PostModtag.Application.Deliveries;

/// <summary>Counts what is under way, and tells when there is nothing.</summary>
internal sealed class UnderWay
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _none;
    private int _count;

    /// <summary>Something is under way until what is returned is disposed of.</summary>
    public IDisposable Begin()
    {
        lock (_lock)
        {
            _count++;
            _none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new One(this);
    }

    /// <summary>Waits until nothing is under way, and no longer than that.</summary>
    public async Task NoneAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Task? none;
        lock (_lock)
            none = _none?.Task;
        if (none is not null)
            await none.WaitAsync(patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void End()
    {
        TaskCompletionSource? none = null;
        lock (_lock)
        {
            if (--_count == 0)
                (none, _none) = (_none, null);
        }

        none?.SetResult();
    }

    private sealed class One(UnderWay all) : IDisposable
    {
        private UnderWay? _all = all;

        public void Dispose() => Interlocked.Exchange(ref _all, null)?.End();
    }
}
