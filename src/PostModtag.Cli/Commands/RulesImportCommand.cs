using System.CommandLine;
using PostModtag.Contract.Administration;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag rules import FILE</c></summary>
internal sealed class RulesImportCommand : AdministrationCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The rule file." };
    private readonly Option<string?> _publish = new("--publish") { Description = "Publish it too, and why.", HelpName = "COMMENT" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what it would change." };

    public RulesImportCommand()
        : base("import", "Puts a rule file in the place of an authority's draft on a server, and says what that changes. With --publish it counts from the next message on.", "rules import regler.yaml --cvr 90000001 --publish \"Nye KLE-emner\"")
    {
        Add(_file);
        Add(_publish);
        Add(_dryRun);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var (path, cvr) = (parsed.GetRequiredValue(_file), parsed.GetRequiredValue(Cvr));
        if (!File.Exists(path))
            throw new MisusedException($"There is no file {path}.");
        using var client = Connect(parsed);
        var drafts = new DraftsClient(client);

        // What was compared is what is replaced: whoever changes the draft in between has it kept.
        var revision = ETagOf(await drafts.GetDraftAsync(cvr, cancellationToken));
        await using (var compared = File.OpenRead(path))
        {
            var comparison = (await drafts.CompareRuleFileAsync(compared, cvr, cancellationToken)).Result;
            await RulesDiffCommand.SayAsync(comparison.Differences.Select(difference => (
                difference.Kind switch { RuleDifferenceKind.ADDED => '+', RuleDifferenceKind.REMOVED => '-', _ => '~' }, difference.Rule, difference.Property, difference.From, difference.To)), output);
            foreach (var finding in comparison.Findings)
                await output.WriteLineAsync($"{finding.Severity.ToString().ToLowerInvariant()}: {(finding.Rule is { } rule ? $"{rule}: " : "")}{finding.English}");
        }

        if (parsed.GetValue(_dryRun))
            return ExitCode.Done;
        await using var file = File.OpenRead(path);
        revision = ETagOf(await drafts.ImportRulesAsync(file, cvr, revision, cancellationToken: cancellationToken));
        if (parsed.GetValue(_publish) is not { } comment)
        {
            await output.WriteLineAsync($"It is the draft of {cvr} now, and counts when it is published.");
            return ExitCode.Done;
        }

        var publication = (await new PublicationsClient(client).PublishRulesAsync(new PublicationRequest { Comment = comment }, cvr, revision, cancellationToken: cancellationToken)).Result;
        await output.WriteLineAsync($"Published as version {publication.Number} of {cvr}. It counts from the next message on.");
        return ExitCode.Done;
    }

    private static string ETagOf(AdministrationResponse answer) => answer.Headers.First(header => header.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).Value.First();
}
