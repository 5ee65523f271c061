namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// A thread for one kind of work that all messages wait for. It begins at once, where the threads of the pool are all at messages that
/// have just come, and would come to it when they are through with those.
/// </summary>
internal sealed class OwnThread : IDisposable
{
    private readonly ManualResetEventSlim _wake = new();
    private readonly Action _work;
    private readonly Thread _thread;
    private volatile bool _isEnding;

    /// <summary>Starts it.</summary>
    /// <param name="name">What tools show.</param>
    /// <param name="work">Does what there is to do. It throws nothing.</param>
    public OwnThread(string name, Action work)
    {
        _work = work;
        _thread = new Thread(Run) { Name = name, IsBackground = true };

        // Without the caller's context: it is nobody's work in particular.
        _thread.UnsafeStart();
    }

    /// <summary>There is something to do. It is done after this, also when the thread is just at work.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Ends it, once it has done what there is to do.</summary>
    public void Dispose()
    {
        _isEnding = true;
        Wake();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_isEnding)
        {
            _wake.Wait();
            _wake.Reset();
            _work();
        }
    }
}
