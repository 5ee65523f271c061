using System.CommandLine;
using System.Text.Json;
using PostModtag.Api;

namespace PostModtag.Cli.Commands;

/// <summary>A command on what a server keeps. It ends with 0 when it did what it says, with 1 when it did not or found something wrong, and has said what.</summary>
internal abstract class OperatorCommand : Command
{
    /// <summary>How what a machine reads is written.</summary>
    protected static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="settings">Where the server's settings are.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="description">What it does, and an example.</param>
    protected OperatorCommand(ServerSettings settings, string name, string description)
        : base(name, description) => SetAction((parsed, cancellationToken) => RunAsync(settings, parsed, cancellationToken));

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(IServiceProvider server, ParseResult parsed, TextWriter output, CancellationToken cancellationToken);

    private async Task<int> RunAsync(ServerSettings settings, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = settings.Build(parsed);
            return await RunAsync(server.Services, parsed, parsed.InvocationConfiguration.Output, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync("Broken off.");
            return 1;
        }
        catch (Exception exception) when ((exception is FormatException or FileNotFoundException ? exception.Message : PostModtagServer.Explain(exception)) is { } why)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(why);
            return 1;
        }
    }
}
