using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Operation;

namespace PostModtag.Cli.Server;

/// <summary><c>postmodtag doctor</c></summary>
internal sealed class DoctorCommand : OperatorCommand
{
    private readonly Option<bool> _json = new("--json") { Description = "Print the findings as JSON." };

    public DoctorCommand()
        : base("doctor", "Looks at what a server needs: settings, addresses, disk, database, clock, certificates. Ends with 1 when something is wrong; warnings do not count.", "doctor --settings /etc/postmodtag/appsettings.json") => Add(_json);

    /// <inheritdoc />
    protected override async Task<int> RunAsync(IServiceProvider server, ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var findings = new List<(string Subject, StartFinding Finding)>();
        await foreach (var seen in server.GetRequiredService<StartChecks>().RunAsync(cancellationToken))
        {
            findings.Add(seen);
            if (!parsed.GetValue(_json))
                await output.WriteLineAsync($"{Word(seen.Finding.Level),-8}{seen.Subject,-14}{seen.Finding.Sentence}");
        }

        if (parsed.GetValue(_json))
            await output.WriteLineAsync(JsonSerializer.Serialize(findings.Select(seen => new { level = Word(seen.Finding.Level), subject = seen.Subject, sentence = seen.Finding.Sentence }), Json));
        return findings.Exists(seen => seen.Finding.Level >= StartFindingLevel.Error) ? ExitCode.Found : ExitCode.Done;
    }

    private static string Word(StartFindingLevel level) => level switch
    {
        StartFindingLevel.Ok => "ok",
        StartFindingLevel.Warning => "warning",
        StartFindingLevel.Error => "wrong",
        _ => "fatal",
    };
}
