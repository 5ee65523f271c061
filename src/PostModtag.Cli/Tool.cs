using System.CommandLine;
using PostModtag.Cli.Commands;

namespace PostModtag.Cli;

/// <summary>The <c>postmodtag</c> tool.</summary>
public static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Does what the words say. Ctrl+C breaks it off.</summary>
    /// <param name="args">The words after <c>postmodtag</c>.</param>
    /// <param name="output">What was done, and found.</param>
    /// <param name="error">Why something was not done.</param>
    /// <returns>0 when it was done, and nothing is wrong; else 1.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var settings = new ServerSettings();
        var root = new RootCommand("For those who run a PostModtag server. Each command takes the server's own settings: from the environment (PostModtag__DataFolder=...), from --settings FILE, or as --set DataFolder=...")
        {
            settings.File, settings.Set,
            new BackupCommand(settings), new RestoreCommand(settings), new VerifyCommand(settings), new DoctorCommand(settings),
        };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = Patience });
    }
}
