using PostModtag.Application.Storage;

namespace PostModtag.Application.Administration;

/// <summary>
/// Makes changes to the set-up one after the other, on every node: what a change has read is still true when it is
/// kept. If another came between, it is thought over again from the start.
/// </summary>
internal sealed class SetupChanges(ISetupStore store) : IDisposable
{
    private const int Attempts = 20;
    private const int AttemptsBeforeWaiting = 3;

    // Those of this process that others came before wait for each other: then only other nodes come between.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Makes one change.</summary>
    /// <param name="attempt">Reads what it needs and says what is to be kept, null for nothing, and what to answer. It may be asked more than once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InvalidOperationException">Others changed the set-up each time.</exception>
    public async Task<TResult> MakeAsync<TResult>(Func<Task<(SetupChange? Change, TResult Result)>> attempt, CancellationToken cancellationToken)
    {
        var isWaiting = false;
        try
        {
            for (var i = 0; i < Attempts; i++)
            {
                if (i == AttemptsBeforeWaiting)
                {
                    await _turn.WaitAsync(cancellationToken);
                    isWaiting = true;
                }

                var revision = await store.GetRevisionAsync(cancellationToken);
                var (change, result) = await attempt();
                if (change is null || await store.ApplyAsync(change, revision, cancellationToken))
                    return result;
            }
        }
        finally
        {
            if (isWaiting)
                _turn.Release();
        }

        throw new InvalidOperationException("The set-up was changed by others each time; try again.");
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();
}
