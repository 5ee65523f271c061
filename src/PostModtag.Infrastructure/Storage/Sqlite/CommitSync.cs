using Microsoft.Win32.SafeHandles;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// Makes commits durable, while the writer makes the next ones: one sync of SQLite's log, and beside it one of the pack, for all that
/// were committed meanwhile. Whoever made a write hears of it after that, and never before.
/// </summary>
internal sealed class CommitSync : IDisposable
{
    private readonly DataFolder _folder;
    private readonly ContentPacks _packs;
    private readonly OwnThread _thread;
    private readonly OwnThread _packThread;
    private readonly SemaphoreSlim _packEnded = new(0);
    private readonly Lock _lock = new();
    private List<IWaiting> _waiting = [];
    private TaskCompletionSource? _idle;
    private SafeFileHandle? _log;
    private Action? _whenIdle;
    private Exception? _packFailure;
    private bool _isCommitting;
    private bool _isSyncing;
    private volatile bool _hasFailed;

    public CommitSync(DataFolder folder, ContentPacks packs)
    {
        (_folder, _packs) = (folder, packs);
        _thread = new OwnThread("Sync log", SyncAll);
        _packThread = new OwnThread("Sync pack", SyncPack);
    }

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
                return _idle is null;
        }
    }

    /// <summary>Opens the log of a connection that is open. What it has is durable.</summary>
    /// <param name="whenIdle">Called each time when the disk has taken all that was committed.</param>
    /// <exception cref="IOException">It cannot be opened, or the disk does not take it.</exception>
    public void Open(Action whenIdle)
    {
        Close();
        _whenIdle = whenIdle;
        _log = _folder.OpenDatabaseLog();
        _folder.Sync(_log);
        _hasFailed = false;
    }

    /// <summary>Closes the log, which nobody waits for.</summary>
    public void Close()
    {
        _log?.Dispose();
        _log = null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _thread.Dispose();
        _packThread.Dispose();
        _packEnded.Dispose();
        Close();
    }

    /// <summary>A commit begins: from now on others may read what it wrote. It ends with <see cref="Add"/>.</summary>
    public void Begin()
    {
        lock (_lock)
            _isCommitting = true;
    }

    /// <summary>These are told once all that was committed is durable. <see cref="Sync"/> or <see cref="SyncHere"/> follows.</summary>
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

    /// <summary>Has the disk take what was committed, on the thread for that.</summary>
    public void Sync() => _thread.Wake();

    /// <summary>Has the disk take what was committed, on the caller's thread, unless that is under way on another.</summary>
    public void SyncHere()
    {
        if (!TryBegin())
            return;
        SyncOnce();
        if (IsOver())
            return;

        // What has come meanwhile is not the caller's.
        lock (_lock)
            _isSyncing = false;
        Sync();
    }

    /// <summary>Ends when all that was committed before is durable.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public Task SettleAsync()
    {
        Reader reader;
        lock (_lock)
        {
            if (_idle is null && !_isCommitting && !_hasFailed)
                return Task.CompletedTask;
            AddWaiting([reader = new Reader()]);
        }

        Sync();
        return reader.Ended;
    }

    /// <summary>Ends when nobody waits.</summary>
    public Task IdleAsync()
    {
        Sync();
        lock (_lock)
            return _idle?.Task ?? Task.CompletedTask;
    }

    private void AddWaiting(IReadOnlyCollection<IWaiting> waiting)
    {
        _waiting.AddRange(waiting);
        if (waiting.Count > 0)
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void SyncAll()
    {
        if (!TryBegin())
            return;
        do
            SyncOnce();
        while (!IsOver());
    }

    private bool TryBegin()
    {
        lock (_lock)
            return !_isSyncing && (_isSyncing = _waiting.Count > 0);
    }

    /// <summary>Whether nobody has come meanwhile.</summary>
    private bool IsOver()
    {
        TaskCompletionSource? idle;
        lock (_lock)
        {
            if (_waiting.Count > 0)
                return false;
            (idle, _idle, _isSyncing) = (_idle, null, false);
        }

        idle?.TrySetResult();
        _whenIdle?.Invoke();
        return true;
    }

    private void SyncOnce()
    {
        List<IWaiting> waiting;
        lock (_lock)
            (waiting, _waiting) = (_waiting, []);
        if (Failure() is { } failure)
            waiting.ForEach(each => each.Fail(failure));
        else
            waiting.ForEach(each => each.End());
    }

    private Exception? Failure()
    {
        if (_hasFailed)
            return new IOException("What was committed before could not be made durable.");
        var hasPack = _packs.HasUnsynced;
        if (hasPack)
            _packThread.Wake();
        var failure = FailureOf(() =>
        {
            if (_log is not null)
                _folder.Sync(_log);
        });
        if (hasPack)
        {
            _packEnded.Wait();
            failure ??= _packFailure;
        }

        _hasFailed = failure is not null;
        return failure;
    }

    private void SyncPack()
    {
        _packFailure = FailureOf(_packs.Sync);
        _packEnded.Release();
    }

    private static Exception? FailureOf(Action sync)
    {
        try
        {
            sync();
            return null;
        }
#pragma warning disable CA1031 // Whatever it was, it is what each of them hears.
        catch (Exception exception)
#pragma warning restore CA1031
        {
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
