using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Operation;

namespace PostModtag.Cli.Server;

/// <summary><c>postmodtag backup FOLDER</c></summary>
internal sealed class BackupCommand : OperatorCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "A folder that is not there yet." };

    public BackupCommand()
        : base("backup", "Copies everything that a server keeps to a folder, while the server runs.", "backup /backup/2026-11-26 --set DataFolder=/var/lib/postmodtag") => Add(_folder);

    /// <inheritdoc />
    protected override async Task<int> RunAsync(IServiceProvider server, ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        await server.GetRequiredService<IBackup>().CreateAsync(parsed.GetRequiredValue(_folder), new Lines(output), cancellationToken);
        return ExitCode.Done;
    }
}
