namespace PostModtag.Web.Files;

/// <summary>What can be shown in place, by the MIME type that the message declares. Only these: whatever could run is none of them, SVG and HTML among it.</summary>
internal enum ShownType
{
    None,
    Text,
    Image,
    Pdf,
}

/// <summary>Tells them apart.</summary>
internal static class ShownTypes
{
    /// <summary>How a file of a declared type is shown.</summary>
    public static ShownType Of(string mimeType) => mimeType.ToLowerInvariant() switch
    {
        "application/pdf" => ShownType.Pdf,
        "image/png" or "image/jpeg" or "image/gif" or "image/webp" or "image/bmp" => ShownType.Image,
        "text/plain" => ShownType.Text,
        _ => ShownType.None,
    };
}
