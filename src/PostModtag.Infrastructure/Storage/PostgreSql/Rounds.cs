using System.Threading.Channels;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// What many ask of the database at once, asked in rounds, one after the other: whoever comes while one is under way is in the next, with
/// all others that came meanwhile, and they share the round trip. One that comes alone waits for nobody.
/// </summary>
internal sealed class Rounds<TQuestion, TAnswer> : IAsyncDisposable
{
    // So that the first of a round never waits for long.
    private const int MostInRound = 64;

    private readonly Channel<Asked> _waiting = Channel.CreateUnbounded<Asked>();
    private readonly Task _made;

    /// <param name="make">Makes a round. What it throws, all in the round hear that have no answer yet.</param>
    public Rounds(Func<IReadOnlyList<Asked>, Task> make) => _made = MakeAllAsync(make);

    /// <summary>Asks in the next round.</summary>
    /// <exception cref="ObjectDisposedException">The server is ending.</exception>
    public Task<TAnswer> AskAsync(TQuestion question)
    {
        var asked = new Asked(question);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(asked), this);
        return asked.Answered;
    }

    /// <summary>Ends when all that was asked is answered.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _made;
    }

    private async Task MakeAllAsync(Func<IReadOnlyList<Asked>, Task> make)
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var round = new List<Asked>();
            while (round.Count < MostInRound && _waiting.Reader.TryRead(out var asked))
                round.Add(asked);
            try
            {
                await make(round);
            }
#pragma warning disable CA1031 // Whatever it was, it is what each of them ended as.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                round.ForEach(asked => asked.Fail(exception));
            }
        }
    }

    /// <summary>A question that is in a round.</summary>
    internal sealed class Asked(TQuestion question)
    {
        // Whoever asked goes on elsewhere: the next round is not to wait for it.
        private readonly TaskCompletionSource<TAnswer> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TQuestion Question => question;

        public Task<TAnswer> Answered => _answered.Task;

        public void Answer(TAnswer answer) => _answered.TrySetResult(answer);

        public void Fail(Exception exception) => _answered.TrySetException(exception);
    }
}
