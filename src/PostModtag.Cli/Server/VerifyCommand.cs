using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Operation;

namespace PostModtag.Cli.Server;

/// <summary><c>postmodtag verify</c></summary>
internal sealed class VerifyCommand : OperatorCommand
{
    private readonly Option<string?> _backup = new("--backup") { Description = "Check this backup instead: every file against its SHA-256.", HelpName = "FOLDER" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON." };

    public VerifyCommand()
        : base("verify", "Reads everything that a server keeps, while it runs or not, and says what is not as it must be: contents, messages, receipts, and the records of days.", "verify --set DataFolder=/var/lib/postmodtag")
    {
        Add(_backup);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(IServiceProvider server, ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var isJson = parsed.GetValue(_json);
        if (parsed.GetValue(_backup) is { } folder)
        {
            await server.GetRequiredService<IBackup>().CheckAsync(folder, new Lines(output), cancellationToken);
            return ExitCode.Done;
        }

        var report = await server.GetRequiredService<IVerification>().RunAsync(new Lines(isJson ? TextWriter.Null : output), cancellationToken);
        if (isJson)
            await output.WriteLineAsync(JsonSerializer.Serialize(report, Json));
        else
            await SayAsync(report, output);
        return report.Findings.Count == 0 ? ExitCode.Done : ExitCode.Found;
    }

    private static async Task SayAsync(VerificationReport report, TextWriter output)
    {
        await output.WriteLineAsync();
        foreach (var finding in report.Findings)
            await output.WriteLineAsync(finding);
        await output.WriteLineAsync($"{report.Contents} contents, {report.Messages} messages with {report.Files} files, and the records of {report.Reconciliations} days were read: "
            + (report.Findings.Count == 0 ? "all is as it must be." : $"{report.Findings.Count} things are not as they must be."));
    }
}
