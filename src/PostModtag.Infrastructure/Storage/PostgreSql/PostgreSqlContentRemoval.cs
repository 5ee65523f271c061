using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PostModtag.Application;
using PostModtag.Infrastructure.Storage.Retention;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Takes contents out of their tables. What they leave there PostgreSQL makes room of, and writes over as others come; where the settings
/// say so, the tables are rewritten without it.
/// </summary>
internal sealed class PostgreSqlContentRemoval(PostgreSqlSource source, IOptions<PostModtagOptions> options) : IContentRemoval
{
    private const string Tables = """ "Messages", "MessageFiles", "Contents", "ContentPieces", "RefusedCopies", "DeliveryAttempts", "Outbox" """;

    // Who has a table open for longer keeps it: the next time is soon enough.
    private const string Patience = "SET lock_timeout = '10s'";

    // What was deleted before this process began may have been left.
    private bool _mayBeLeft = true;

    /// <inheritdoc />
    public async Task RemoveAsync(PostModtagDbContext database, IReadOnlyCollection<string> sha256, CancellationToken cancellationToken)
    {
        // One after the other, in an order that all keep: a message that comes with the same content waits, and no two for each other.
        foreach (var content in sha256.Order(StringComparer.Ordinal))
            await database.Contents.Where(row => row.Sha256 == content).ExecuteUpdateAsync(update => update.SetProperty(row => row.References, row => row.References - 1), cancellationToken);
        var gone = await database.Contents.Where(row => sha256.Contains(row.Sha256) && row.References <= 0).Select(row => row.Sha256).ToListAsync(cancellationToken);
        await ((PostgreSqlDbContext)database).ContentPieces.Where(piece => gone.Contains(piece.Sha256)).ExecuteDeleteAsync(cancellationToken);
        await database.Contents.Where(row => gone.Contains(row.Sha256)).ExecuteDeleteAsync(cancellationToken);
        _mayBeLeft = true;
    }

    /// <inheritdoc />
    public async Task<bool> EraseAsync(CancellationToken cancellationToken)
    {
        if (!_mayBeLeft)
            return true;
        await using var connection = new NpgsqlConnection(source.OwnConnection);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, Patience, cancellationToken);
        try
        {
            await ExecuteAsync(connection, $"VACUUM {(options.Value.Retention.RewriteTables ? "(FULL)" : "")} {Tables}", cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }

        _mayBeLeft = false;
        return true;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // It is one of those above.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
