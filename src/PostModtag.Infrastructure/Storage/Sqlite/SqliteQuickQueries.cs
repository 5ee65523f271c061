using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Asks SQLite on connections that stay open, as many as are asked on at once. An answer is a matter of microseconds, so nobody waits for it elsewhere.</summary>
internal sealed class SqliteQuickQueries(IDbContextFactory<SqliteDbContext> databases) : IQuickQueries, IAsyncDisposable
{
    private readonly ConcurrentBag<SqliteDbContext> _free = [];

    /// <inheritdoc />
    public async Task<bool> HasMessageAsync(Guid messageUuid, CancellationToken cancellationToken) =>
        await AskAsync($"{QuickSql.HasMessage}$p0", messageUuid, cancellationToken) is not 0;

    /// <inheritdoc />
    public async Task<long> GetRevisionAsync(CancellationToken cancellationToken) => (await AskAsync(QuickSql.Revision, null, cancellationToken))!.Value;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        while (_free.TryTake(out var database))
            await database.DisposeAsync();
    }

    private async Task<long?> AskAsync(string sql, object? value, CancellationToken cancellationToken)
    {
        var isOpen = _free.TryTake(out var free);
        var database = free ?? await databases.CreateDbContextAsync(cancellationToken);
        try
        {
            if (!isOpen)
                await database.Database.OpenConnectionAsync(cancellationToken);
            var answer = value is null ? database.Statements.Ask(sql) : database.Statements.Ask(sql, value);
            _free.Add(database);
            return answer;
        }
        catch
        {
            // Whatever failed may be the connection; the next that asks opens another.
            await database.DisposeAsync();
            throw;
        }
    }
}
