using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using PostModtag.Cli.Commands;
using PostModtag.Cli.Server;

namespace PostModtag.Cli;

/// <summary>The <c>postmodtag</c> tool.</summary>
public static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Does what the words say. Ctrl+C breaks it off.</summary>
    /// <param name="args">The words after <c>postmodtag</c>.</param>
    /// <param name="output">What was done, and found.</param>
    /// <param name="error">Why something was not done.</param>
    /// <returns>0 when it was done, and nothing is wrong; 1 when something is, or was refused; 2 when it was called wrongly; 130 when it was broken off.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var fault in parsed.Errors)
                await error.WriteLineAsync(fault.Message);
            await error.WriteLineAsync($"See how it is called with: {Path(parsed.CommandResult)} --help");
            return ExitCode.Misused;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = Patience });
    }

    /// <summary>A command with those that it is below.</summary>
    private static string Path(CommandResult command) => command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "postmodtag";

    /// <summary>All commands.</summary>
    internal static RootCommand Root() => new($"For those who send to EP_FS1, build a fagsystem behind it, or run a PostModtag server. {ExitCode.Help}")
    {
        new ValidateCommand(), new ExplainCommand(), new RulesCommand(), new ContractCommand(), new SendCommand(), new SimulateCommand(), new ConformCommand(),
        new DoctorCommand(), new BackupCommand(), new RestoreCommand(), new VerifyCommand(), new MigrateCommand(), new KeyCommand(),
    };
}
