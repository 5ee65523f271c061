using System.Diagnostics;
using PostModtag.Application.Deliveries;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>Lets calls with the same messageUUID in one at a time, on all nodes, so that a message is decided once; others do not wait.</summary>
internal sealed class MessageTurns(INodeTurns nodes)
{
    private readonly Dictionary<Guid, Queue> _queues = [];

    /// <summary>Waits for the message's turn. Null when it did not come in time; else dispose it to let the next one in.</summary>
    public async Task<IAsyncDisposable?> TakeAsync(Guid messageUuid, TimeSpan patience)
    {
        Queue queue;
        lock (_queues)
        {
            if (!_queues.TryGetValue(messageUuid, out queue!))
                _queues.Add(messageUuid, queue = new Queue());
            queue.Members++;
        }

        var begun = Stopwatch.GetTimestamp();
        if (!await queue.Gate.WaitAsync(patience))
        {
            Leave(messageUuid, queue);
            return null;
        }

        var here = new Turn(this, messageUuid, queue);
        try
        {
            here.Everywhere = await nodes.TakeAsync(messageUuid, patience - Stopwatch.GetElapsedTime(begun));
        }
        finally
        {
            if (here.Everywhere is null)
                await here.DisposeAsync();
        }

        return here.Everywhere is null ? null : here;
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

    private sealed class Turn(MessageTurns turns, Guid messageUuid, Queue queue) : IAsyncDisposable
    {
        private Queue? _queue = queue;

        public IAsyncDisposable? Everywhere { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _queue, null) is not { } held)
                return;
            try
            {
                if (Everywhere is not null)
                    await Everywhere.DisposeAsync();
            }
            finally
            {
                held.Gate.Release();
                turns.Leave(messageUuid, held);
            }
        }
    }
}
