using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// SQLite has one writer at a time. The writes that come while one transaction is made are made together in the next, and one that fails
/// takes no other with it: each is in a savepoint of its own; or, since SQLite copies for a savepoint whatever page it changes, in none,
/// where all of the group can be made again should one fail midway. While the disk takes what was committed, the next ones are made.
/// </summary>
internal sealed class GroupWriter : DatabaseWriter, IAsyncDisposable
{
    // So that the first of a group never waits for long.
    private const int MostInGroup = 64;

    // While the disk takes a group, fewer than these wait for more: what a transaction costs beside its writes is shared by them.
    private const int Few = 8;

    private const string Savepoint = "SAVEPOINT write";
    private const string Release = "RELEASE write";
    private const string RollBack = "ROLLBACK TO write";

    private readonly IDbContextFactory<SqliteDbContext> _databases;
    private readonly ContentPacks _packs;
    private readonly CommitSync _sync;
    private readonly OwnThread _thread;
    private readonly ConcurrentQueue<GroupedWrite> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);
    private SqliteDbContext? _database;

    public GroupWriter(IDbContextFactory<SqliteDbContext> databases, ContentPacks packs, CommitSync sync)
    {
        (_databases, _packs, _sync) = (databases, packs, sync);
        _thread = new OwnThread("Write", WriteAll);
    }

    /// <inheritdoc />
    public override Task<T> TransactAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken) => WriteAsync(write, cancellationToken);

    /// <inheritdoc />
    public override Task<T> WriteAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken) =>
        EnqueueAsync(new GroupedWrite<T>([], write, cancellationToken) { CanBeMadeAgain = false });

    /// <inheritdoc />
    public override Task SettleAsync() => _sync.SettleAsync();

    /// <summary>Makes a write of prepared statements, with contents that have a place before it is made, and are as durable as it is.</summary>
    /// <param name="contents">The contents.</param>
    /// <param name="canBeMadeAgain">Whether it may be called again, after all of it was undone, where a write of its group failed midway.</param>
    /// <param name="write">Makes it.</param>
    /// <param name="cancellationToken">Ends the waiting for its turn.</param>
    public Task<T> ExecuteAsync<T>(IReadOnlyList<PackedContent> contents, bool canBeMadeAgain, Func<SqliteDbContext, T> write, CancellationToken cancellationToken) =>
        EnqueueAsync(new GroupedWrite<T>(contents, database => Task.FromResult(write((SqliteDbContext)database)), cancellationToken) { CanBeMadeAgain = canBeMadeAgain });

    private Task<T> EnqueueAsync<T>(GroupedWrite<T> waiting)
    {
        _waiting.Enqueue(waiting);
        if (_waiting.Count == 1 && _sync.IsIdle)
            _ = Task.Run(WriteAloneAsync);
        else
            WriteNext();
        return waiting.Result;
    }

    private bool IsDue() => !_waiting.IsEmpty && (_waiting.Count >= Few || _sync.IsIdle);

    /// <summary>Has what waits written beside the caller, unless that is better put off: the end of a sync comes here again.</summary>
    private void WriteNext()
    {
        if (IsDue())
            _thread.Wake();
    }

    /// <summary>Of the pool's threads one is about to end what brought the write, and takes this up: to wake another takes as long as to write it.</summary>
    private async Task WriteAloneAsync()
    {
        // The pool may have come to this late, and others with it.
        if (_waiting.Count > 1)
            WriteNext();
        else if (await TryWriteGroupAsync())
            _sync.SyncHere();
    }

    private void WriteAll()
    {
        while (IsDue() && TryWriteGroupAsync().GetAwaiter().GetResult())
            _sync.Sync();
    }

    /// <summary>Writes a group. False when another is at it, which then sees to what has come meanwhile.</summary>
    private async Task<bool> TryWriteGroupAsync()
    {
        if (!_turn.Wait(0))
            return false;
        try
        {
            await WriteGroupAsync();
        }
        finally
        {
            _turn.Release();
            WriteNext();
        }

        return true;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        while (!_waiting.IsEmpty || !_sync.IsIdle)
        {
            _turn.Release();
            WriteNext();
            await _sync.IdleAsync();
            await _turn.WaitAsync();
        }

        _turn.Release();
        _thread.Dispose();
        try
        {
            if (_database is not null && !_sync.HasFailed)
                _packs.End(_database.Statements);
        }
        catch (Exception exception) when (exception is SqliteException or IOException)
        {
            // Then the next start reads the last contents, as after a crash.
        }

        await CloseAsync();
    }

    /// <summary>Opens the connection, which stays open from one group to the next with its statements.</summary>
    private async Task<SqliteDbContext> OpenAsync()
    {
        var database = await _databases.CreateDbContextAsync();
        try
        {
            database.Database.AutoSavepointsEnabled = false;
            await database.Database.OpenConnectionAsync();

            // Its commits go to the log, which is synced beside it.
            database.Statements.Execute("PRAGMA synchronous = NORMAL");
            if (_sync.HasFailed && database.Statements.Ask("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
                throw new IOException("The database's log could not be made durable, and cannot be emptied while others read.");
            await _packs.OpenAsync(database, CancellationToken.None);
            _sync.Open(WriteNext);
            return database;
        }
        catch
        {
            Close(database);
            throw;
        }
    }

    /// <summary>Closes it; the next group opens another. Whatever has failed, it may be the connection.</summary>
    private async Task CloseAsync()
    {
        // The last one that closes the database deletes the log.
        await _sync.IdleAsync();
        _sync.Close();
        if (Interlocked.Exchange(ref _database, null) is { } database)
            Close(database);
    }

    /// <summary>Nobody else gets a connection whose commits wait for nothing.</summary>
    private static void Close(SqliteDbContext database)
    {
        SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        database.Dispose();
    }

    /// <summary>Makes the writes that wait. Nobody hears of what became of its own before it is durable.</summary>
    private async Task WriteGroupAsync()
    {
        var group = new List<GroupedWrite>();
        while (group.Count < MostInGroup && _waiting.TryDequeue(out var write))
        {
            if (!write.IsCancelled())
                group.Add(write);
        }

        if (group.Count == 0)
            return;
        try
        {
            if (_sync.HasFailed)
                await CloseAsync();
            await MakeAsync(group, _database ??= await OpenAsync());
        }
#pragma warning disable CA1031 // Whatever it was, it is what each of them ended as.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _sync.AddUnknown();
            group.ForEach(write => write.Fail(exception));
            await CloseAsync();
            return;
        }

        _sync.Add(group);
    }

    private async Task MakeAsync(List<GroupedWrite> group, SqliteDbContext database)
    {
        _packs.Append(group.SelectMany(write => write.Contents));
        var isMade = (group.TrueForAll(write => write.CanBeMadeAgain) ? await CommitAsync(group, database, hasSavepoints: false) : null)
            ?? await CommitAsync(group, database, hasSavepoints: true)
            ?? throw new InvalidOperationException("With savepoints a write that failed is undone by itself.");
        if (!isMade)
            _packs.Return();
    }

    /// <summary>Makes a group in one transaction. False when there is nothing to keep of it; null when one failed midway, and then all is undone.</summary>
    private async Task<bool?> CommitAsync(List<GroupedWrite> group, SqliteDbContext database, bool hasSavepoints)
    {
        await using var transaction = await database.Database.BeginTransactionAsync();
        var isMade = false;
        foreach (var write in group)
        {
            if ((hasSavepoints ? await IsMadeInSavepointAsync(write, database) : await IsMadeAsync(write, database)) is not { } made)
                return null;
            isMade |= made;
        }

        if (!isMade)
            return false;
        foreach (var content in group.SelectMany(write => write.Contents).Where(content => !content.IsTaken))
            _packs.GiveUp(content);
        _packs.Keep(database.Statements);
        _sync.Begin();
        await transaction.CommitAsync();
        _packs.Kept();
        return true;
    }

    /// <summary>Makes one write. False when its first statement broke a constraint, which SQLite undoes by itself; null when it failed in another way.</summary>
    private static async Task<bool?> IsMadeAsync(GroupedWrite write, SqliteDbContext database)
    {
        var changes = database.Statements.Changes;
        if (await write.TryAsync(database))
            return true;
        return write.HasBrokenConstraint && database.Statements.Changes == changes && database.Statements.IsInTransaction ? false : null;
    }

    /// <summary>Makes one write. When it fails, that is undone; it throws only where the whole group has failed.</summary>
    private static async Task<bool?> IsMadeInSavepointAsync(GroupedWrite write, SqliteDbContext database)
    {
        database.ChangeTracker.Clear();
        database.Statements.Execute(Savepoint);
        var isMade = await write.TryAsync(database);
        if (!isMade)
        {
            foreach (var content in write.Contents)
                content.IsTaken = false;
            database.Statements.Execute(RollBack);
        }

        database.Statements.Execute(Release);
        return isMade;
    }
}
