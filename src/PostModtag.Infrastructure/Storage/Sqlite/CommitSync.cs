using Microsoft.Win32.SafeHandles;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// Makes commits durable, while the writer makes the next ones: one sync of SQLite's log, and beside it one of the pack, for all that
/// were committed meanwhile. Whoever made a write hears of it after that, and never before.
/// </summary>
internal sealed class CommitSync(DataFolder folder, ContentPacks packs)
{
    private readonly Lock _lock = new();
    private List<IWaiting> _waiting = [];
    private Task _syncing = Task.CompletedTask;
    private SafeFileHandle? _log;
    private Action? _whenIdle;
    private bool _isCommitting;
    private volatile bool _hasFailed;

    /// <summary>Told when what was committed before is durable, or that it is not known to be.</summary>
    public interface IWaiting
    {
        void End();

        void Fail(Exception exception);
    }

    /// <summary>
    /// Whether a sync has failed since the log was opened. What the system has in memory may then never reach the disk, and another sync
    /// would not say so: nothing is durable before the log was emptied, the packs written again, and the log opened anew.
    /// </summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Whether the disk has taken all that was committed.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _syncing.IsCompleted;
        }
    }

    /// <summary>Opens the log of a connection that is open. What it has is durable.</summary>
    /// <param name="whenIdle">Called each time when the disk has taken all that was committed.</param>
    /// <exception cref="IOException">It cannot be opened, or the disk does not take it.</exception>
    public void Open(Action whenIdle)
    {
        Close();
        _whenIdle = whenIdle;
        _log = folder.OpenDatabaseLog();
        folder.Sync(_log);
        _hasFailed = false;
    }

    /// <summary>Closes the log, which nobody waits for.</summary>
    public void Close()
    {
        _log?.Dispose();
        _log = null;
    }

    /// <summary>A commit begins: from now on others may read what it wrote. It ends with <see cref="Add"/>.</summary>
    public void Begin()
    {
        lock (_lock)
            _isCommitting = true;
    }

    /// <summary>Tells those who wait, once all that was committed is durable.</summary>
    public void Add(IReadOnlyCollection<IWaiting> waiting)
    {
        lock (_lock)
        {
            _isCommitting = false;
            AddWaiting(waiting);
        }
    }

    /// <summary>A commit has failed, and may have been made all the same: whoever reads it waits until it is durable.</summary>
    public void AddUnknown() => Add([new Reader()]);

    /// <summary>Ends when all that was committed before is durable.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public Task SettleAsync()
    {
        lock (_lock)
        {
            if (_syncing.IsCompleted && !_isCommitting && !_hasFailed)
                return Task.CompletedTask;
            var reader = new Reader();
            AddWaiting([reader]);
            return reader.Ended;
        }
    }

    /// <summary>Ends when nobody waits.</summary>
    public Task IdleAsync()
    {
        lock (_lock)
            return _syncing;
    }

    private void AddWaiting(IReadOnlyCollection<IWaiting> waiting)
    {
        _waiting.AddRange(waiting);
        if (_syncing.IsCompleted)
            _syncing = Task.Run(SyncAllAsync);
    }

    private async Task SyncAllAsync()
    {
        while (Take() is { } waiting)
        {
            if (await FailureAsync() is { } failure)
                waiting.ForEach(each => each.Fail(failure));
            else
                waiting.ForEach(each => each.End());
        }

        _whenIdle?.Invoke();
    }

    /// <summary>All that wait; null when there are none, and then the task is as good as ended.</summary>
    private List<IWaiting>? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _syncing = Task.CompletedTask;
                return null;
            }

            (var waiting, _waiting) = (_waiting, []);
            return waiting;
        }
    }

    private async Task<Exception?> FailureAsync()
    {
        if (_hasFailed)
            return new IOException("What was committed before could not be made durable.");
        try
        {
            var contents = packs.HasUnsynced ? Task.Run(packs.Sync) : Task.CompletedTask;
            try
            {
                if (_log is not null)
                    folder.Sync(_log);
            }
            finally
            {
                await contents.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await contents;
            return null;
        }
#pragma warning disable CA1031 // Whatever it was, it is what each of them hears.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _hasFailed = true;
            return exception;
        }
    }

    /// <summary>Has read what was committed.</summary>
    private sealed class Reader : IWaiting
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public void End() => _ended.TrySetResult();

        public void Fail(Exception exception) => _ended.TrySetException(exception);
    }
}
