using Npgsql;
using Asked = PostModtag.Infrastructure.Storage.PostgreSql.Rounds<PostModtag.Infrastructure.Storage.PostgreSql.RowGroups.Write, bool>.Asked;
using ConnectionState = System.Data.ConnectionState;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Rows of many messages in one transaction: those that come while one is made are made together in the next. A transaction of which one
/// cannot be kept is undone, and each is made by itself, so that it takes no other with it. One that was kept without anybody hearing of it,
/// since the connection broke, is made again: then its rows are there already, or are not as they were read, which is the truth.
/// </summary>
internal sealed class RowGroups : IAsyncDisposable
{
    // How a foreign key is looked up is planned once on a connection, while the tables may have a few rows yet, and is kept until they are
    // analyzed: all of a table would be read for each message then. Here everything is looked up by its key.
    private const string ByKeys = "SET enable_seqscan = off";

    private readonly HeldConnection _held;
    private readonly Rounds<Write, bool> _rounds;

    public RowGroups(PostgreSqlSource source)
    {
        _held = new HeldConnection(() => source.OwnConnection, ByKeys);
        _rounds = new(MakeAsync);
    }

    /// <summary>Keeps what is put into the batch, whole and durable. False, and nothing of it is kept, when a row is there already, or is not there as it was read.</summary>
    /// <param name="fill">Puts it into a batch, beside what others put there; called again when it has to be made by itself.</param>
    /// <param name="cancellationToken">Ends the waiting for its turn.</param>
    /// <exception cref="NpgsqlException">The database fails, or does not answer.</exception>
    public Task<bool> WriteAsync(Action<RowBatch> fill, CancellationToken cancellationToken) => _rounds.AskAsync(new Write(fill, cancellationToken));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _rounds.DisposeAsync();
        await _held.DisposeAsync();
    }

    private async Task MakeAsync(IReadOnlyList<Asked> round)
    {
        var group = round.Where(asked => !IsCalledOff(asked)).ToList();
        if (group.Count > 1 && await _held.UseAsync(connection => TryMakeAsync(connection, group)))
            return;
        foreach (var asked in group)
            await MakeAloneAsync(asked);
    }

    /// <summary>Whether nobody waits for it any more; then it is not made.</summary>
    private static bool IsCalledOff(Asked asked)
    {
        var cancellation = asked.Question.CancellationToken;
        if (cancellation.IsCancellationRequested)
            asked.Fail(new OperationCanceledException(cancellation));
        return cancellation.IsCancellationRequested;
    }

    /// <summary>Makes them in one transaction, and tells each. False, and nothing is kept and nobody told, when one of them cannot be kept.</summary>
    private static async Task<bool> TryMakeAsync(NpgsqlConnection connection, List<Asked> group)
    {
        try
        {
            if (!await CommitAsync(connection, group))
                return false;
        }
        catch (PostgresException) when (connection.State == ConnectionState.Open)
        {
            return false;
        }

        group.ForEach(asked => asked.Answer(true));
        return true;
    }

    private async Task MakeAloneAsync(Asked asked)
    {
        try
        {
            asked.Answer(await _held.UseAsync(connection => CommitAsync(connection, [asked])));
        }
#pragma warning disable CA1031 // It is handed to whoever made the write, and the others go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            asked.Fail(exception);
        }
    }

    private static async Task<bool> CommitAsync(NpgsqlConnection connection, IEnumerable<Asked> group)
    {
        await using var batch = new RowBatch(connection);
        foreach (var asked in group)
            asked.Question.Fill(batch);
        return await batch.CommitAsync(CancellationToken.None);
    }

    /// <summary>What one puts into a batch.</summary>
    internal sealed record Write(Action<RowBatch> Fill, CancellationToken CancellationToken);
}
