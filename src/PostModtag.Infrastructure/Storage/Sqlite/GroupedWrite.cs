using Microsoft.Data.Sqlite;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>A write that waits, or that has been made, or has failed for what another has written, and waits until that is durable.</summary>
internal abstract class GroupedWrite(IReadOnlyList<PackedContent> contents) : CommitSync.IWaiting
{
    /// <summary>What it puts into packs.</summary>
    public IReadOnlyList<PackedContent> Contents { get; } = contents;

    /// <summary>Whether it may be made a second time, after all of it was undone.</summary>
    public required bool CanBeMadeAgain { get; init; }

    /// <summary>Whether it failed since a constraint does not hold.</summary>
    public abstract bool HasBrokenConstraint { get; }

    public abstract bool IsCancelled();

    /// <summary>Makes it; false when it failed, for a reason that it keeps.</summary>
    public abstract Task<bool> TryAsync(PostModtagDbContext database);

    /// <summary>Says that the whole group has failed, or, where it failed before that by itself, why.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Says what it ended as.</summary>
    public abstract void End();
}

/// <summary>A write that has a result.</summary>
internal sealed class GroupedWrite<T>(IReadOnlyList<PackedContent> contents, Func<PostModtagDbContext, Task<T>> write, CancellationToken cancellationToken) : GroupedWrite(contents)
{
    // Whoever waits goes on elsewhere: the next group is not to wait for it.
    private readonly TaskCompletionSource<T> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _failure;

    public Task<T> Result => _ended.Task;

    public override bool HasBrokenConstraint => _failure is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT };

    public override bool IsCancelled()
    {
        if (cancellationToken.IsCancellationRequested)
            _ended.TrySetCanceled(cancellationToken);
        return cancellationToken.IsCancellationRequested;
    }

    public override async Task<bool> TryAsync(PostModtagDbContext database)
    {
        _failure = null;
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
