using System.CommandLine;
using PostModtag.Contract.Administration;

namespace PostModtag.Cli.Commands;

/// <summary>A command that calls the administration of a server that runs.</summary>
internal abstract class AdministrationCommand : ToolCommand
{
    /// <summary>The variable that has the key, which nobody sees in a list of processes.</summary>
    public const string KeyVariable = "POSTMODTAG_KEY";

    private readonly Option<string> _url = new("--url") { Description = "The server's address.", HelpName = "URL", DefaultValueFactory = _ => "http://localhost:5606" };
    private readonly Option<string?> _key = new("--key") { Description = $"The API key; or better in the environment as {KeyVariable}.", HelpName = "KEY" };

    /// <summary>The authority.</summary>
    protected Option<string> Cvr { get; } = new("--cvr") { Description = "The authority's CVR number.", HelpName = "CVR", Required = true };

    /// <inheritdoc />
    protected AdministrationCommand(string name, string description, string example)
        : base(name, description, example)
    {
        Add(Cvr);
        Add(_url);
        Add(_key);
    }

    /// <summary>A client of the server.</summary>
    protected HttpClient Connect(ParseResult parsed)
    {
        var url = HttpAddress.Of(parsed.GetRequiredValue(_url), "--url", "https://postmodtag.example");
        var client = new HttpClient { BaseAddress = new Uri($"{url.AbsoluteUri.TrimEnd('/')}/") };
        if ((parsed.GetValue(_key) ?? Environment.GetEnvironmentVariable(KeyVariable)) is { Length: > 0 } key)
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <inheritdoc />
    protected override string? Explain(Exception exception) => base.Explain(exception) ?? exception switch
    {
        AdministrationException<AdministrationProblem> { Result: { } problem } => string.Join(Environment.NewLine, [
            $"{problem.Title} {problem.Detail}".TrimEnd(),
            .. (problem.Errors ?? []).Select(error => $"  {error.Place}: {error.Message}"),
            .. (problem.Findings ?? []).Select(finding => $"  {(finding.Rule is { } rule ? $"{rule}: " : "")}{finding.English}")]),
        AdministrationException answer => $"The server answered {answer.StatusCode}, which its contract does not know. Is it a PostModtag server?",
        HttpRequestException no => $"The server does not answer: {no.Message}",
        _ => null,
    };
}
