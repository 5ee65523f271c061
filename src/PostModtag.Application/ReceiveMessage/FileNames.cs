namespace PostModtag.Application.ReceiveMessage;

/// <summary>Which file names a receiver can take as they are.</summary>
internal static class FileNames
{
    /// <summary>No path (also a drive letter, <c>.</c> and <c>..</c>) and no control characters, on any system.</summary>
    public static bool IsAllowed(string name) =>
        name is not ("." or "..")
        && name.IndexOfAny(['/', '\\']) < 0
        && !(name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]))
        && !name.Any(char.IsControl);
}
