using System.CommandLine;
using PostModtag.Api;
using PostModtag.Cli.Commands;

namespace PostModtag.Cli.Server;

/// <summary>A command on what a server keeps, which takes the server's own settings.</summary>
internal abstract class OperatorCommand : ToolCommand
{
    private readonly ServerSettings _settings = new();

    /// <inheritdoc />
    protected OperatorCommand(string name, string description, string example)
        : base(name, description, example)
    {
        Add(_settings.File);
        Add(_settings.Set);
    }

    /// <summary>Does it.</summary>
    /// <param name="server">The server's parts, made of its settings and not started.</param>
    /// <param name="parsed">The words it was called with.</param>
    /// <param name="output">What was done, and found.</param>
    /// <param name="cancellationToken">Set by Ctrl+C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(IServiceProvider server, ParseResult parsed, TextWriter output, CancellationToken cancellationToken);

    /// <inheritdoc />
    protected sealed override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = _settings.Build(parsed);
        return await RunAsync(server.Services, parsed, output, cancellationToken);
    }

    /// <inheritdoc />
    protected override string? Explain(Exception exception) => base.Explain(exception) ?? PostModtagServer.Explain(exception);
}
