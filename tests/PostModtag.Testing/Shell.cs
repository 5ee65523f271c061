using System.Diagnostics;

namespace PostModtag.Testing;

/// <summary>Runs a program to its end, as a person does in a terminal.</summary>
public static class Shell
{
    /// <summary>What it ended with, and all that it printed.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string folder, string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };

        // What tells this process' own build how to build is not for theirs.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || name is "CI" or "DOTNET_HOST_PATH").ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await output}{await errors}");
    }
}
