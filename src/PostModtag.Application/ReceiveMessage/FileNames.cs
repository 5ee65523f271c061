namespace PostModtag.Application.ReceiveMessage;

/// <summary>Which file names a receiver can take as they are.</summary>
internal static class FileNames
{
    // They turn the direction of writing: exe.gpj is shown as jpg.exe, and the other way about.
    private const string BidirectionalControls = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    /// <summary>No path (also a drive letter, <c>.</c> and <c>..</c>) and no control characters, on any system.</summary>
    public static bool IsAllowed(string name) =>
        name is not ("." or "..")
        && name.IndexOfAny(['/', '\\']) < 0
        && !(name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]))
        && !name.Any(character => char.IsControl(character) || BidirectionalControls.Contains(character, StringComparison.Ordinal));
}
