namespace PostModtag.Application.ReceiveMessage;

/// <summary>Lets calls with the same messageUUID in one at a time, so that a message is decided once; others do not wait.</summary>
public sealed class MessageTurns
{
    private readonly Dictionary<Guid, Queue> _queues = [];

    /// <summary>Waits for the message's turn. Null when it did not come in time; else dispose it to let the next one in.</summary>
    public async Task<IDisposable?> TakeAsync(Guid messageUuid, TimeSpan patience)
    {
        Queue queue;
        lock (_queues)
        {
            if (!_queues.TryGetValue(messageUuid, out queue!))
                _queues.Add(messageUuid, queue = new Queue());
            queue.Members++;
        }

        if (await queue.Gate.WaitAsync(patience))
            return new Turn(this, messageUuid, queue);
        Leave(messageUuid, queue);
        return null;
    }

    private void Leave(Guid messageUuid, Queue queue)
    {
        lock (_queues)
        {
            if (--queue.Members > 0)
                return;
            _queues.Remove(messageUuid);
            queue.Gate.Dispose();
        }
    }

    private sealed class Queue
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Members { get; set; }
    }

    private sealed class Turn(MessageTurns turns, Guid messageUuid, Queue queue) : IDisposable
    {
        private Queue? _queue = queue;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _queue, null) is not { } held)
                return;
            held.Gate.Release();
            turns.Leave(messageUuid, held);
        }
    }
}
