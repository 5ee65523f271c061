using System.CommandLine;
using System.Text.Json;
using PostModtag.Application.Routing;
using PostModtag.Cli.Offline;
using PostModtag.Domain.Rules;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag explain FILE --rules RULES</c></summary>
internal sealed class ExplainCommand : ToolCommand
{
    private readonly Argument<string[]> _files = new("file") { Description = "MeMo files, or folders of *.xml; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _rules = new("--rules") { Description = "The rule file.", HelpName = "FILE", Required = true };
    private readonly Option<DateOnly?> _day = new("--day") { Description = "The day, for rules' periods; today where it is left out.", HelpName = "YYYY-MM-DD" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the explanations as JSON." };

    public ExplainCommand()
        : base("explain", "Says which fagsystem a message would go to by the rules in a file, and what each rule said of it. It prints what the message has in the rules' fields.", "explain brev.xml --rules regler.yaml")
    {
        Add(_files);
        Add(_rules);
        Add(_day);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        await using var parts = OfflineParts.Make();
        var rules = await RuleFileOnDisk.ReadAsync(parts, parsed.GetRequiredValue(_rules), cancellationToken);
        var router = Compile(rules, parsed.GetRequiredValue(_rules));
        var keys = rules.Rules.Select(rule => rule.Fagsystem).Append(rules.Otherwise).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var day = parsed.GetValue(_day) ?? DanishDay.Of(TimeProvider.System.GetUtcNow());
        var explained = new List<ExplainedFile>();
        foreach (var file in MemoFiles.Of(parsed.GetRequiredValue(_files)))
        {
            var message = await CheckedMessage.OfAsync(parts, file, cancellationToken);
            var explanation = message.Memo is { } memo ? router.Explain(new RoutedMessage(memo, message.Size), day, name => keys.TryGetValue(name, out var key) ? key : null) : null;
            explained.Add(new ExplainedFile(file, message.Code, explanation));
            if (!parsed.GetValue(_json))
                await SayAsync(explained[^1], output);
        }

        if (parsed.GetValue(_json))
            await output.WriteLineAsync(JsonSerializer.Serialize(explained.Select(Printed), Json));
        return explained.TrueForAll(file => file.Explanation is not null) ? ExitCode.Done : ExitCode.Found;
    }

    private static Router Compile(RuleSet rules, string file)
    {
        try
        {
            return Router.Compile(rules);
        }
        catch (ArgumentException)
        {
            throw new RuleFileException($"{file}: the rules have errors. See them with: postmodtag rules lint {file}");
        }
    }

    private static async Task SayAsync(ExplainedFile file, TextWriter output)
    {
        if (file.Explanation is not { } explanation)
        {
            await output.WriteLineAsync($"{file.File}: never comes to the rules ({file.Code}). See why with: postmodtag validate {file.File}");
            return;
        }

        var decision = explanation.Decision;
        await output.WriteLineAsync($"{file.File}: {decision.Basis switch
        {
            RoutingBasis.Rule => $"to {decision.Fagsystem}, by the rule \"{decision.Rule}\"",
            RoutingBasis.Reply => $"to {decision.Fagsystem}, as a reply: it names it in {string.Join(", ", decision.Reasons)}",
            RoutingBasis.Otherwise => $"to {decision.Fagsystem}, as no rule takes it",
            _ => "to nobody: no rule takes it, and there is no otherwise",
        }}");
        foreach (var rule in explanation.Tried)
        {
            await output.WriteLineAsync($"  {(rule.Takes ? "takes it" : rule.IsInForce ? "no      " : "off     ")}  {rule.Rule}");
            foreach (var condition in rule.Conditions.Where(condition => !condition.Held || rule.Takes))
                await output.WriteLineAsync($"            {(condition.Held ? "holds" : "fails")}: {ConditionText.Of(condition.Condition)}{(condition.Values.Count > 0 ? $"; the message has {string.Join(", ", condition.Values)}" : "; the message has nothing there")}");
        }
    }

    private static object Printed(ExplainedFile file) => new
    {
        file.File,
        file.Code,
        basis = file.Explanation?.Decision.Basis.ToString().ToUpperInvariant(),
        file.Explanation?.Decision.Fagsystem,
        file.Explanation?.Decision.Rule,
        tried = file.Explanation?.Tried.Select(rule => new
        {
            rule.Rule, rule.Takes, rule.IsInForce,
            conditions = rule.Conditions.Select(condition => new { condition = ConditionText.Of(condition.Condition), condition.Held, condition.Values }),
        }),
    };

    /// <summary>What the rules say of one file; no explanation where it never comes to them.</summary>
    private sealed record ExplainedFile(string File, string? Code, RoutingExplanation? Explanation);
}
