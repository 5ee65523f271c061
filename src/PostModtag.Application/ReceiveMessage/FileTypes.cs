namespace PostModtag.Application.ReceiveMessage;

/// <summary>The MIME types that files may declare.</summary>
internal sealed class FileTypes(IReadOnlyList<string> allowed)
{
    /// <summary>What is allowed unless set otherwise: office, text, HTML, XML, images, sound, film and calendar. A <c>*</c> at the end stands for any ending.</summary>
    public static IReadOnlyList<string> Default { get; } =
    [
        "application/pdf",
        "application/rtf",
        "application/msword",
        "application/vnd.ms-word*",
        "application/vnd.ms-excel*",
        "application/vnd.ms-powerpoint*",
        "application/vnd.openxmlformats-officedocument.*",
        "application/vnd.oasis.opendocument.*",
        "application/xml",
        "application/xhtml+xml",
        "application/json",
        "application/ics",
        "text/*",
        "image/*",
        "audio/*",
        "video/*",
    ];

    /// <summary>Whether the declared type, its parameters aside, is allowed. Letter case does not count.</summary>
    public bool Allows(string declared)
    {
        var semicolon = declared.IndexOf(';', StringComparison.Ordinal);
        var type = (semicolon < 0 ? declared : declared[..semicolon]).Trim();
        foreach (var pattern in allowed)
        {
            if (pattern.EndsWith('*')
                    ? type.Length >= pattern.Length && type.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
                    : type.Equals(pattern, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
