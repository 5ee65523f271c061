using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using PostModtag.Cli.Offline;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag validate FILE ...</c></summary>
internal sealed class ValidateCommand : ToolCommand
{
    private static readonly JsonSerializerOptions WithVerdicts = new(Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) } };

    private readonly Argument<string[]> _files = new("file") { Description = "MeMo files, or folders of *.xml; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _json = new("--json") { Description = "Print the findings as JSON." };

    public ValidateCommand()
        : base("validate", "Checks MeMo messages as EP_FS1 does before a fagsystem is asked: the schema of their version, and the checks beyond it. Each violation with its line and XPath; no value of the message is printed.", "validate brev.xml")
    {
        Add(_files);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        await using var parts = OfflineParts.Make();
        var all = new List<CheckedMessage>();
        foreach (var file in MemoFiles.Of(parsed.GetRequiredValue(_files)))
        {
            var message = await CheckedMessage.OfAsync(parts, file, cancellationToken);
            all.Add(message);
            if (!parsed.GetValue(_json))
                await SayAsync(message, output);
        }

        if (parsed.GetValue(_json))
            await output.WriteLineAsync(JsonSerializer.Serialize(all, WithVerdicts));
        else if (all.Count > 1)
            await output.WriteLineAsync($"\n{all.Count} files: {all.Count(message => message.Verdict == CheckVerdict.Valid)} valid, {all.Count(message => message.Verdict != CheckVerdict.Valid)} not.");
        return all.TrueForAll(message => message.Verdict == CheckVerdict.Valid) ? ExitCode.Done : ExitCode.Found;
    }

    private static async Task SayAsync(CheckedMessage message, TextWriter output)
    {
        await output.WriteLineAsync(message.Verdict switch
        {
            CheckVerdict.Valid => $"valid      {message.File}: MeMo {message.MemoVersion}, {message.Files} {(message.Files == 1 ? "file" : "files")}",
            CheckVerdict.Rejected => $"rejected   {message.File}: {message.Code}",
            _ => $"no message {message.File}",
        });
        foreach (var place in message.Violations)
            await output.WriteLineAsync($"  {(place.Line > 0 ? $"line {place.Line}, column {place.Column}: " : "")}{place.XPath}: {place.Expected}");
    }
}
