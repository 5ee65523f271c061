using Npgsql;
using ConnectionState = System.Data.ConnectionState;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>A connection that is held, and opened again once it has broken. For one at a time.</summary>
/// <param name="settings">Gives the connection string.</param>
/// <param name="first">What is said on it first, if anything.</param>
internal sealed class HeldConnection(Func<string> settings, string? first = null) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>
    /// Uses the connection. One that was open may have broken since, which is seen no sooner; then it is used on another, a second time,
    /// though the database may have done all of it and only its answer been lost.
    /// </summary>
    /// <exception cref="NpgsqlException">The database does not let it in, or does not answer.</exception>
    public async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> use)
    {
        if (_connection is { State: ConnectionState.Open } open)
        {
            try
            {
                return await use(open);
            }
            catch (NpgsqlException) when (open.State != ConnectionState.Open)
            {
                // Another one is as good.
            }
        }

        return await use(await OpenAsync());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
            await connection.DisposeAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        await DisposeAsync();
        var connection = new NpgsqlConnection(settings());
        try
        {
            await connection.OpenAsync();
            if (first is not null)
                await SayAsync(connection, first);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    private static async Task SayAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // It is a constant of who holds the connection.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
