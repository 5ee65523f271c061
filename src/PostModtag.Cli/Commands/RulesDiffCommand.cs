using System.CommandLine;
using System.Text.Json;
using PostModtag.Cli.Offline;
using PostModtag.Domain.Rules;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag rules diff OLD NEW</c></summary>
internal sealed class RulesDiffCommand : ToolCommand
{
    private readonly Argument<string> _old = new("old") { Description = "A rule file." };
    private readonly Argument<string> _new = new("new") { Description = "Another." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the differences as JSON." };

    public RulesDiffCommand()
        : base("diff", "Says what differs between two rule files, whatever their order and layout. Ends with 1 when something does.", "rules diff i-dag.yaml i-morgen.yaml")
    {
        Add(_old);
        Add(_new);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        await using var parts = OfflineParts.Make();
        var differences = RuleSetComparison.Compare(
            await RuleFileOnDisk.ReadAsync(parts, parsed.GetRequiredValue(_old), cancellationToken), await RuleFileOnDisk.ReadAsync(parts, parsed.GetRequiredValue(_new), cancellationToken));
        if (parsed.GetValue(_json))
            await output.WriteLineAsync(JsonSerializer.Serialize(differences.Select(difference => new { kind = difference.Kind.ToString().ToUpperInvariant(), difference.Rule, difference.Property, difference.From, difference.To }), Json));
        else
            await SayAsync(differences.Select(difference => (difference.Kind switch { DifferenceKind.Added => '+', DifferenceKind.Removed => '-', _ => '~' }, difference.Rule, difference.Property, difference.From, difference.To)), output);
        return differences.Count == 0 ? ExitCode.Done : ExitCode.Found;
    }

    /// <summary>Differences as lines: + for what only the second has, - for what only the first has, ~ for what both have and not alike.</summary>
    internal static async Task SayAsync(IEnumerable<(char Sign, string? Rule, string? Property, string? From, string? To)> differences, TextWriter output)
    {
        var count = 0;
        foreach (var (sign, rule, property, from, to) in differences)
        {
            count++;
            await output.WriteLineAsync(sign == '~'
                ? $"~ {(rule is null ? "" : $"{rule}: ")}{property} from {from ?? "nothing"} to {to ?? "nothing"}"
                : $"{sign} {rule}: {to ?? from}");
        }

        await output.WriteLineAsync(count == 0 ? "No difference." : $"{count} {(count == 1 ? "difference" : "differences")}.");
    }
}
