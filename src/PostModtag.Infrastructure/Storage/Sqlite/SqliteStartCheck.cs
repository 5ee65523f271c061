using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure.Storage.Checks;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Looks whether the database in the data folder can be read.</summary>
internal sealed class SqliteStartCheck(DataFolder folder, IDbContextFactory<SqliteDbContext> databases, TimeProvider clock) : IDatabaseStartCheck
{
    /// <inheritdoc />
    public string Subject => "database";

    /// <inheritdoc />
    public async Task<IReadOnlyList<StartFinding>> RunAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(folder.Moved))
            return [new StartFinding(StartFindingLevel.Fatal, $"Everything in the data folder {folder.Path} was moved to PostgreSQL. Set PostModtag:PostgreSql to that database.")];
        if (!File.Exists(folder.Database))
            return [new StartFinding(StartFindingLevel.Ok, "SQLite; there is none yet, and the first start makes it")];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var pending = (await database.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        if (pending > 0)
            return [new StartFinding(StartFindingLevel.Warning, $"The database is of an older version: the next start changes it in {pending} steps. Take a backup before.")];
        return
        [
            await KeptTime.LookAsync(database, clock.GetUtcNow(), cancellationToken)
                ?? new StartFinding(StartFindingLevel.Ok, $"SQLite, {await database.Messages.LongCountAsync(cancellationToken)} messages"),
        ];
    }
}
