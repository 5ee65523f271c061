using System.CommandLine;
using System.Text.Json;
using PostModtag.ContractDiff;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag contract diff OLD NEW</c></summary>
internal sealed class ContractDiffCommand : ToolCommand
{
    private readonly Argument<string> _old = new("old") { Description = "An OpenAPI file, a schema, or a folder of them such as api-spec." };
    private readonly Argument<string> _new = new("new") { Description = "The new version of it." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the changes as JSON." };

    public ContractDiffCommand()
        : base("diff", "Says in words what a new version of the contract changes, and what of it breaks callers, fagsystemer or generated code. Ends with 1 when something does.", "contract diff api-spec ny-api-spec")
    {
        Add(_old);
        Add(_new);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            var changes = await ContractComparison.CompareAsync(parsed.GetRequiredValue(_old), parsed.GetRequiredValue(_new), cancellationToken);
            if (parsed.GetValue(_json))
                await output.WriteLineAsync(JsonSerializer.Serialize(changes.Select(change => new { change.File, effect = change.Effect.ToString().ToUpperInvariant(), change.Place, change.Sentence }), Json));
            else
                await ContractDiffReport.WriteAsync(changes, output);
            return changes.Any(change => change.Effect == ChangeEffect.Breaking) ? ExitCode.Found : ExitCode.Done;
        }
        catch (ContractUnreadableException exception)
        {
            throw new MisusedException(exception.Message);
        }
    }
}
