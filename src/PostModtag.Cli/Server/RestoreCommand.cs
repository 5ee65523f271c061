using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Operation;

namespace PostModtag.Cli.Server;

/// <summary><c>postmodtag restore FOLDER</c></summary>
internal sealed class RestoreCommand : OperatorCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The folder that `postmodtag backup` has filled." };

    public RestoreCommand()
        : base("restore", "Checks a backup, and puts it where the settings say that the server keeps things, and where nothing may be.", "restore /backup/2026-11-26 --set DataFolder=/var/lib/postmodtag") => Add(_folder);

    /// <inheritdoc />
    protected override async Task<int> RunAsync(IServiceProvider server, ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        await server.GetRequiredService<IBackup>().RestoreAsync(parsed.GetRequiredValue(_folder), new Lines(output), cancellationToken);
        await output.WriteLineAsync("Start the server, and run `postmodtag verify`. What came after the backup is not there: its senders have their receipts, and send it only when they are asked to.");
        return ExitCode.Done;
    }
}
