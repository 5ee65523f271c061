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
    public override Task<T> WriteAsync<T>(Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken) => TransactAsync([], write, cancellationToken);

    /// <summary>Makes a write of several statements, with contents that have a place, and are durable, before its commit.</summary>
    public Task<T> TransactAsync<T>(IReadOnlyList<PackedContent> contents, Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        var waiting = new Write<T>(contents, write, cancellationToken);
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
        var group = new List<Write>();
        while (group.Count < MostInGroup && _waiting.TryDequeue(out var write))
        {
            if (!write.IsCancelled())
                group.Add(write);
        }

        try
        {
            await MakeAsync(group, _database ??= await OpenAsync());
        }
#pragma warning disable CA1031 // Whatever it was, it is what each of them ended as.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            group.ForEach(write => write.Fail(exception));
            await CloseAsync();
            return;
        }

        group.ForEach(write => write.End());
    }

    private async Task MakeAsync(List<Write> group, SqliteDbContext database)
    {
        // While the disk takes the contents, the rows are made.
        var durable = packs.AppendAsync(group.SelectMany(write => write.Contents));
        var isMade = false;
        try
        {
            await using var transaction = await database.Database.BeginTransactionAsync();
            foreach (var write in group)
                isMade |= await IsMadeAsync(write, database);
            await durable;
            if (isMade)
            {
                foreach (var content in group.SelectMany(write => write.Contents).Where(content => !content.IsTaken))
                    packs.GiveUp(content);
                packs.Keep(database.Statements);
                await transaction.CommitAsync();
                packs.Kept();
            }
        }
        finally
        {
            // Whatever became of the group, the file is let go of only when nobody syncs it.
            await durable.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!isMade)
            packs.Return();
    }

    /// <summary>Makes one write. When it fails, that is undone; it throws only where the whole group has failed.</summary>
    private static async Task<bool> IsMadeAsync(Write write, SqliteDbContext database)
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

    /// <summary>A write that waits, or that has been made and waits for the commit.</summary>
    private abstract class Write(IReadOnlyList<PackedContent> contents)
    {
        /// <summary>What it puts into packs.</summary>
        public IReadOnlyList<PackedContent> Contents { get; } = contents;

        public abstract bool IsCancelled();

        /// <summary>Makes it; false when it failed, for a reason that it keeps.</summary>
        public abstract Task<bool> TryAsync(PostModtagDbContext database);

        /// <summary>Says that the whole group has failed, or, where it failed before that by itself, why.</summary>
        public abstract void Fail(Exception exception);

        /// <summary>Says what it ended as.</summary>
        public abstract void End();
    }

    private sealed class Write<T>(IReadOnlyList<PackedContent> contents, Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken) : Write(contents)
    {
        // Whoever waits goes on elsewhere: the next group is not to wait for it.
        private readonly TaskCompletionSource<T> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;
        private Exception? _failure;

        public Task<T> Result => _ended.Task;

        public override bool IsCancelled()
        {
            if (cancellationToken.IsCancellationRequested)
                _ended.TrySetCanceled(cancellationToken);
            return cancellationToken.IsCancellationRequested;
        }

        public override async Task<bool> TryAsync(PostModtagDbContext database)
        {
            try
            {
                _result = await write(database);
            }
#pragma warning disable CA1031 // It is handed to whoever made the write.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = exception;
            }

            return _failure is null;
        }

        public override void Fail(Exception exception) => _ended.TrySetException(_failure ?? exception);

        public override void End()
        {
            if (_failure is null)
                _ended.TrySetResult(_result);
            else
                _ended.TrySetException(_failure);
        }
    }
}
