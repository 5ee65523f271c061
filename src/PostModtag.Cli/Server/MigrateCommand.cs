using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Operation;
using PostModtag.Application.Storage;

namespace PostModtag.Cli.Server;

/// <summary><c>postmodtag migrate</c></summary>
internal sealed class MigrateCommand : OperatorCommand
{
    public MigrateCommand()
        : base(
            "migrate",
            "Moves everything in the data folder to the PostgreSQL database that the settings name, while no server runs on either; broken off, it goes on where it was. A new version's tables need no command: the server makes them when it starts.",
            "migrate --set DataFolder=/var/lib/postmodtag --set \"PostgreSql=Host=db.example;Database=postmodtag\"")
    {
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(IServiceProvider server, ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        await server.GetRequiredService<IDatabaseMove>().RunAsync(new Lines(output), cancellationToken);
        await output.WriteLineAsync("Moved. Set PostModtag:PostgreSql for the server, and start it.");
        return ExitCode.Done;
    }

    /// <inheritdoc />
    protected override string? Explain(Exception exception) => base.Explain(exception) ?? (exception is InvalidOperationException ? $"Not moved. {exception.Message}" : null);
}
