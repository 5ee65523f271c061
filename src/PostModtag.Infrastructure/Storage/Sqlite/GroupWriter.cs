using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// SQLite has one writer at a time, and each commit waits for the disk. The writes that come while one commit waits are made
/// together, in one transaction with one commit; each is in a savepoint of its own, so one that fails takes no other with it.
/// What they have put into packs is durable before the commit.
/// </summary>
internal sealed class GroupWriter(IDbContextFactory<SqliteDbContext> databases, ContentPacks packs) : DatabaseWriter, IAsyncDisposable
{
    // So that the first of a group never waits for long.
    private const int MostInGroup = 64;

    private const string Savepoint = "SAVEPOINT write";
    private const string Release = "RELEASE write";
    private const string RollBack = "ROLLBACK TO write";

    private readonly ConcurrentQueue<Write> _waiting = new();
    private int _isWriting;
    private Task _writing = Task.CompletedTask;
    private SqliteDbContext? _database;

    /// <inheritdoc />
    public override Task<T> TransactAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken) => WriteAsync(write, cancellationToken);

    /// <inheritdoc />
    public override Task<T> WriteAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        var waiting = new Write<T>(write, cancellationToken);
        _waiting.Enqueue(waiting);
        if (Interlocked.CompareExchange(ref _isWriting, 1, 0) == 0)
            _writing = Task.Run(WriteAllAsync, CancellationToken.None);
        return waiting.Result;
    }

    private async Task WriteAllAsync()
    {
        do
        {
            while (!_waiting.IsEmpty)
                await WriteGroupAsync();
            Volatile.Write(ref _isWriting, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _isWriting, 1, 0) == 0);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _writing;
        await CloseAsync();
    }

    /// <summary>Opens the connection, which stays open from one group to the next with its statements.</summary>
    private async Task<SqliteDbContext> OpenAsync()
    {
        var database = await databases.CreateDbContextAsync();
        try
        {
            database.Database.AutoSavepointsEnabled = false;
            await database.Database.OpenConnectionAsync();
            await packs.OpenAsync(database, CancellationToken.None);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes it; the next group opens another. Whatever has failed, it may be the connection.</summary>
    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _database, null) is { } database)
            await database.DisposeAsync();
    }

    /// <summary>Makes the writes that wait. Nobody hears of what became of its own before the commit.</summary>
    private async Task WriteGroupAsync()
    {
        var made = new List<Write>();
        Write? write = null;
        try
        {
            var database = _database ??= await OpenAsync();
            await using var transaction = await database.Database.BeginTransactionAsync();
            packs.Begin();
            while (made.Count < MostInGroup && _waiting.TryDequeue(out write))
            {
                if (await IsMadeAsync(write, database))
                    made.Add(write);
            }

            if (made.Count > 0)
            {
                packs.Keep(database.Statements);
                await transaction.CommitAsync();
                packs.Kept();
            }
        }
#pragma warning disable CA1031 // Whatever it was, it is what each of them ended as.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // The database may not even have opened. Each that waits then hears of it, one try after the other.
            if (write is not null || _waiting.TryDequeue(out write))
                write.Fail(exception);
            made.ForEach(other => other.Fail(exception));
            await CloseAsync();
            return;
        }

        made.ForEach(other => other.End());
    }

    /// <summary>Makes one write. When it fails, that is undone and said; it throws only where the whole group has failed.</summary>
    private async Task<bool> IsMadeAsync(Write write, SqliteDbContext database)
    {
        if (write.IsCancelled())
            return false;
        database.ChangeTracker.Clear();
        database.Statements.Execute(Savepoint);
        var place = packs.Next;
        var failure = await write.TryAsync(database);
        if (failure is null)
        {
            database.Statements.Execute(Release);
            return true;
        }

        try
        {
            packs.Next = place;
            database.Statements.Execute(RollBack);
            database.Statements.Execute(Release);
        }
        finally
        {
            write.Fail(failure);
        }

        return false;
    }

    /// <summary>A write that waits, or that has been made and waits for the commit.</summary>
    private abstract class Write
    {
        public abstract bool IsCancelled();

        public abstract Task<Exception?> TryAsync(PostModtagDbContext database);

        public abstract void Fail(Exception exception);

        public abstract void End();
    }

    private sealed class Write<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken) : Write
    {
        // Whoever waits goes on elsewhere: the next group is not to wait for it.
        private readonly TaskCompletionSource<T> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Result => _ended.Task;

        public override bool IsCancelled()
        {
            if (cancellationToken.IsCancellationRequested)
                _ended.TrySetCanceled(cancellationToken);
            return cancellationToken.IsCancellationRequested;
        }

        public override async Task<Exception?> TryAsync(PostModtagDbContext database)
        {
            try
            {
                _result = await write(database);
                return null;
            }
#pragma warning disable CA1031 // It is handed to whoever made the write.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return exception;
            }
        }

        public override void Fail(Exception exception) => _ended.TrySetException(exception);

        public override void End() => _ended.TrySetResult(_result);
    }
}
