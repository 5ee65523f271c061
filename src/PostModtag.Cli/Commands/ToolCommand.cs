using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using PostModtag.Cli.Offline;

namespace PostModtag.Cli.Commands;

/// <summary>A command of the tool. What a person can mend is said in a sentence, and no stack trace.</summary>
internal abstract class ToolCommand : Command
{
    /// <summary>How what a machine reads is written.</summary>
    protected static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same, on one line.</summary>
    protected static readonly JsonSerializerOptions JsonLine = new(Json) { WriteIndented = false };

    /// <param name="name">The command's name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="example">How it is called.</param>
    protected ToolCommand(string name, string description, string example)
        : base(name, $"{description}\n\n  postmodtag {example}") => SetAction(GuardAsync);

    /// <summary>Does it.</summary>
    /// <param name="parsed">The words it was called with.</param>
    /// <param name="output">What was done, and found.</param>
    /// <param name="cancellationToken">Set by Ctrl+C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken);

    /// <summary>What a person is told of a fault; null for one that is a bug.</summary>
    protected virtual string? Explain(Exception exception) => exception switch
    {
        MisusedException or RuleFileException => exception.Message,
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };

    private async Task<int> GuardAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        try
        {
            return await RunAsync(parsed, parsed.InvocationConfiguration.Output, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Broken off.");
            return ExitCode.BrokenOff;
        }
        catch (Exception exception) when (Explain(exception) is { } why)
        {
            await error.WriteLineAsync(why);
            return exception is MisusedException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException ? ExitCode.Misused : ExitCode.Found;
        }
    }
}

/// <summary>The tool was called wrongly; the message says what was expected.</summary>
internal sealed class MisusedException(string message) : Exception(message);
