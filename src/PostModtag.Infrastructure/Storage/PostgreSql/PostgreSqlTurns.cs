using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;
using PostModtag.Application.Deliveries;
using Asked = PostModtag.Infrastructure.Storage.PostgreSql.Rounds<PostModtag.Infrastructure.Storage.PostgreSql.PostgreSqlTurns.Change, Npgsql.NpgsqlConnection?>.Asked;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Turns at messages as advisory locks, all held by one connection of this node: they cost no write, and are free again
/// the moment that the node dies. Should the connection break, another node may come in; then the message's revision lets
/// only one of the two keep its decision.
/// </summary>
internal sealed class PostgreSqlTurns : INodeTurns, IAsyncDisposable
{
    private const string Take = "SELECT pg_try_advisory_lock($1)";
    private const string GiveBack = "SELECT pg_advisory_unlock($1)";
    private const int RoundSeconds = 30;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    // What those who do not want to wait for a turn still wait for the rounds of others before them, which on a busy node are many.
    private static readonly TimeSpan OthersRounds = TimeSpan.FromSeconds(10);

    private readonly HeldConnection _held;
    private readonly Rounds<Change, NpgsqlConnection?> _rounds;

    public PostgreSqlTurns(PostgreSqlSource source)
    {
        _held = new HeldConnection(() => source.OwnConnection);
        _rounds = new(AskAsync);
    }

    /// <inheritdoc />
    public async Task<IAsyncDisposable?> TakeAsync(Guid messageUuid, TimeSpan patience)
    {
        var key = Key(messageUuid);
        var begun = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await TryTakeAsync(key, patience - Stopwatch.GetElapsedTime(begun)) is { } turn)
                return turn;
            if (Stopwatch.GetElapsedTime(begun) + pause > patience)
                return null;
            await Task.Delay(pause);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Turns may be on their way back.
        await _rounds.DisposeAsync();
        await _held.DisposeAsync();
    }

    private static long Key(Guid messageUuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        messageUuid.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }

    /// <summary>Takes it if nobody has it. A database that does not answer holds nobody for longer than they can wait.</summary>
    private async Task<Turn?> TryTakeAsync(long key, TimeSpan patience)
    {
        var taking = _rounds.AskAsync(new Change(key, null));
        try
        {
            return await taking.WaitAsync(patience > OthersRounds ? patience : OthersRounds) is { } connection ? new Turn(this, key, connection) : null;
        }
        catch (TimeoutException) when (!taking.IsFaulted)
        {
            _ = GiveBackLateAsync(key, taking);
            return null;
        }
    }

    /// <summary>Gives a turn back that comes when nobody waits for it any more.</summary>
    private async Task GiveBackLateAsync(long key, Task<NpgsqlConnection?> taking)
    {
        await ((Task)taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (taking is { IsCompletedSuccessfully: true, Result: { } connection })
            await GiveBackAsync(key, connection);
    }

    private async Task GiveBackAsync(long key, NpgsqlConnection connection)
    {
        try
        {
            await _rounds.AskAsync(new Change(key, connection));
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException or ObjectDisposedException)
        {
            // The connection is closed, or has broken, and the lock is gone with it.
        }
    }

    private async Task AskAsync(IReadOnlyList<Asked> round)
    {
        try
        {
            await _held.UseAsync(connection => AskAsync(connection, round));
        }
        catch
        {
            // Some may have been taken, and nobody would give them back.
            await _held.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, IReadOnlyList<Asked> round)
    {
        // A turn that was taken on a connection that broke is gone with it.
        var open = round.Where(asked => asked.Question.TakenOn is null || asked.Question.TakenOn == connection).ToList();
        var answers = open.Count > 0 ? await AskOpenAsync(connection, open) : [];
        foreach (var (asked, isDone) in open.Zip(answers))
            asked.Answer(isDone ? connection : null);
        foreach (var asked in round.Except(open))
            asked.Answer(null);
        return true;
    }

    private static async Task<List<bool>> AskOpenAsync(NpgsqlConnection connection, List<Asked> open)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = RoundSeconds };
        foreach (var (key, takenOn) in open.Select(asked => asked.Question))
            batch.BatchCommands.Add(new NpgsqlBatchCommand(takenOn is null ? Take : GiveBack) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } });
        var answers = new List<bool>();
        await using var reader = await batch.ExecuteReaderAsync();
        while (answers.Count < open.Count)
        {
            await reader.ReadAsync();
            answers.Add(reader.GetBoolean(0));
            await reader.NextResultAsync();
        }

        return answers;
    }

    /// <summary>A turn that is to be taken, or, on the connection that it was taken on, to be given back. The answer is that connection; null when it could not be done.</summary>
    internal sealed record Change(long Key, NpgsqlConnection? TakenOn);

    private sealed class Turn(PostgreSqlTurns turns, long key, NpgsqlConnection connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(turns.GiveBackAsync(key, connection));
    }
}
