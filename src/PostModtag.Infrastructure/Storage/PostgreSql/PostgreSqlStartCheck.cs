using System.Globalization;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure.Storage.Checks;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Looks whether PostgreSQL answers, is one that the server can use, keeps what it says it keeps, and has the same time.</summary>
internal sealed class PostgreSqlStartCheck(PostgreSqlSource source, IDbContextFactory<PostgreSqlDbContext> databases, TimeProvider clock) : IDatabaseStartCheck
{
    private const int OldestVersion = 130_000;

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public string Subject => "database";

    /// <inheritdoc />
    public async Task<IReadOnlyList<StartFinding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.DataSource.CreateCommand(
                """
                SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes'),
                    current_setting('synchronous_commit'), clock_timestamp(), pg_is_in_recovery()
                """);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            var findings = Look(row);
            await row.DisposeAsync();
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            if (findings.TrueForAll(finding => finding.Level != StartFindingLevel.Fatal) && !(await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any()
                && await KeptTime.LookAsync(database, clock.GetUtcNow(), cancellationToken) is { } wrong)
                findings.Add(wrong);
            return findings.Count > 0 ? findings : [new StartFinding(StartFindingLevel.Ok, $"PostgreSQL, {source.Name}")];
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            return [new StartFinding(StartFindingLevel.Fatal, $"The database {source.Name} does not answer: {exception.Message} See that it runs, and that it lets this server in.")];
        }
    }

    private List<StartFinding> Look(NpgsqlDataReader row)
    {
        var (version, now) = (row.GetInt32(0), new DateTimeOffset(row.GetDateTime(5)));
        var findings = new List<StartFinding>();
        if (version < OldestVersion)
            findings.Add(new StartFinding(StartFindingLevel.Fatal, $"PostgreSQL {version / 10_000} is too old. Use version {OldestVersion / 10_000} or newer."));
        if (row.GetString(1) != "UTF8")
            findings.Add(new StartFinding(StartFindingLevel.Fatal, $"The database {source.Name} has the encoding {row.GetString(1)}. Make one with ENCODING 'UTF8'."));
        if (row.GetString(2) == "off" || row.GetString(3) == "off" || row.GetString(4) == "off")
            findings.Add(new StartFinding(StartFindingLevel.Error, "PostgreSQL's fsync, full_page_writes or synchronous_commit is off: messages that were answered may be lost with the power. Set all three to on."));
        if (row.GetBoolean(6))
            findings.Add(new StartFinding(StartFindingLevel.Error, $"The database {source.Name} is a standby and takes no writes. Name all of them in the connection string, with Target Session Attributes=read-write."));
        if ((now - clock.GetUtcNow()).Duration() > Tolerance)
            findings.Add(new StartFinding(StartFindingLevel.Warning, string.Create(CultureInfo.InvariantCulture, $"The database's clock says {now:HH:mm:ss} UTC, this machine's {clock.GetUtcNow():HH:mm:ss}. Keep both right with NTP.")));
        return findings;
    }
}
