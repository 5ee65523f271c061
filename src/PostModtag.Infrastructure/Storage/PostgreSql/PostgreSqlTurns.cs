using System.Buffers.Binary;
using System.Diagnostics;
using Npgsql;
using PostModtag.Application.Deliveries;
using ConnectionState = System.Data.ConnectionState;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Turns at messages as advisory locks, all held by one connection of this node: they cost no write, and are free again
/// the moment that the node dies. Should the connection break, another node may come in; then the message's revision lets
/// only one of the two keep its decision.
/// </summary>
internal sealed class PostgreSqlTurns(PostgreSqlSource source) : INodeTurns, IAsyncDisposable
{
    private const string Take = "SELECT pg_try_advisory_lock($1)";
    private const int CommandSeconds = 30;
    private const string GiveBack = "SELECT pg_advisory_unlock($1)";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    // What those who do not want to wait for a turn still wait for the commands of others before them, which on a busy node are many.
    private static readonly TimeSpan OthersCommands = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _oneCommand = new(1, 1);
    private NpgsqlConnection? _connection;
    private bool _isClosed;

    /// <inheritdoc />
    public async Task<IAsyncDisposable?> TakeAsync(Guid messageUuid, TimeSpan patience)
    {
        var key = Key(messageUuid);
        var begun = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await TryTakeAsync(key, patience - Stopwatch.GetElapsedTime(begun)) is { } connection)
                return new Turn(this, key, connection);
            if (Stopwatch.GetElapsedTime(begun) + pause > patience)
                return null;
            await Task.Delay(pause);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // A turn may be on its way back. A connection that is closed under a command waits for its answer for ever.
        await _oneCommand.WaitAsync();
        try
        {
            _isClosed = true;
            if (_connection is not null)
                await _connection.DisposeAsync();
            _connection = null;
        }
        finally
        {
            _oneCommand.Release();
        }
    }

    private static long Key(Guid messageUuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        messageUuid.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }

    /// <summary>Takes it if nobody has it. A database that does not answer holds nobody for longer than they can wait.</summary>
    private async Task<NpgsqlConnection?> TryTakeAsync(long key, TimeSpan patience)
    {
        if (!await _oneCommand.WaitAsync(patience > OthersCommands ? patience : OthersCommands))
            return null;
        try
        {
            if (_connection is { State: ConnectionState.Open } connection)
            {
                try
                {
                    return await AskAsync(connection, Take, key) ? connection : null;
                }
                catch (NpgsqlException) when (connection.State != ConnectionState.Open)
                {
                    // It broke since it was last used. Another one is as good.
                }
            }

            ObjectDisposedException.ThrowIf(_isClosed, this);
            await ReconnectAsync();
            return await AskAsync(_connection!, Take, key) ? _connection : null;
        }
        finally
        {
            _oneCommand.Release();
        }
    }

    private async Task ReleaseAsync(long key, NpgsqlConnection connection)
    {
        await _oneCommand.WaitAsync();
        try
        {
            // A lock that was taken on a connection that broke is gone with it.
            if (connection == _connection && connection.State == ConnectionState.Open)
                await AskAsync(connection, GiveBack, key);
        }
        catch (NpgsqlException)
        {
            // The connection broke, and the lock with it.
        }
        finally
        {
            _oneCommand.Release();
        }
    }

    private async Task ReconnectAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        var connection = new NpgsqlConnection(source.OwnConnection);
        try
        {
            await connection.OpenAsync();
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        _connection = connection;
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, long key)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = CommandSeconds, Parameters = { new() { Value = key } } };
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private sealed class Turn(PostgreSqlTurns turns, long key, NpgsqlConnection connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(turns.ReleaseAsync(key, connection));
    }
}
