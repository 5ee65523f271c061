using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PostModtag.Application;
using PostModtag.Application.Routing;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Hears of a change to the set-up that another node made, and makes the new rules ready at once. A message that comes
/// before is routed by the new rules all the same, since routing asks for the revision; it only waits for them.
/// </summary>
internal sealed class SetupListener(PostgreSqlSource source, RoutingTables tables, IOptions<PostModtagOptions> options, TimeProvider clock, ILogger<SetupListener> log) : BackgroundService
{
    /// <summary>The channel on which nodes tell each other.</summary>
    public const string Channel = "postmodtag_setup";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.PostgreSql is null)
            return;
        while (true)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A database that is away comes back; listening goes on.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                SetupListenerLog.Interrupted(log, ExceptionDescription.Of(exception));
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(source.OwnConnection);
        await connection.OpenAsync(cancellationToken);
        await using (var command = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await command.ExecuteNonQueryAsync(cancellationToken);
        while (true)
        {
            // Also at first: what happened before it listened was not heard.
            SetupListenerLog.InUse(log, await tables.RefreshAsync(cancellationToken));
            await connection.WaitAsync(cancellationToken);
        }
    }
}

/// <summary>What the listener writes to the log.</summary>
internal static partial class SetupListenerLog
{
    [LoggerMessage(110, LogLevel.Information, "Revision {Revision} of the set-up is in use")]
    public static partial void InUse(ILogger log, long revision);

    [LoggerMessage(111, LogLevel.Warning, "Listening for changes of the set-up was interrupted and goes on. It threw {Exception}")]
    public static partial void Interrupted(ILogger log, string exception);
}
