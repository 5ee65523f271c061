namespace PostModtag.Cli;

/// <summary>What the tool ends with, whatever the command.</summary>
internal static class ExitCode
{
    /// <summary>It was done, and nothing is wrong.</summary>
    public const int Done = 0;

    /// <summary>Something was found to be wrong or different, or was refused; it has been said what.</summary>
    public const int Found = 1;

    /// <summary>It was called wrongly, and nothing was done: an option, a file or a setting is not what it must be.</summary>
    public const int Misused = 2;

    /// <summary>It was broken off (Ctrl+C).</summary>
    public const int BrokenOff = 130;

    /// <summary>The same, for <c>--help</c>.</summary>
    public const string Help = "Ends with 0 when it was done and nothing is wrong, 1 when something is wrong or was refused, 2 when it was called wrongly, 130 when it was broken off.";
}
