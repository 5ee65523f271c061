using System.CommandLine;
using PostModtag.Contract.Administration;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag rules export</c></summary>
internal sealed class RulesExportCommand : AdministrationCommand
{
    private readonly Option<string> _version = new("--version") { Description = "draft, current, or the number of a publication.", HelpName = "VERSION", DefaultValueFactory = _ => "current" };
    private readonly Option<string?> _out = new("--out") { Description = "The file to write; standard output where it is left out.", HelpName = "FILE" };

    public RulesExportCommand()
        : base("export", "Fetches an authority's rules from a server as a rule file.", "rules export --cvr 90000001 --out regler.yaml")
    {
        Add(_version);
        Add(_out);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        using var client = Connect(parsed);
        using var file = await new PublicationsClient(client).ExportRulesAsync(parsed.GetRequiredValue(Cvr), parsed.GetRequiredValue(_version), cancellationToken);
        using var reader = new StreamReader(file.Stream);
        var text = await reader.ReadToEndAsync(cancellationToken);
        if (parsed.GetValue(_out) is { } path)
            await File.WriteAllTextAsync(path, text, cancellationToken);
        else
            await output.WriteAsync(text);
        return ExitCode.Done;
    }
}
