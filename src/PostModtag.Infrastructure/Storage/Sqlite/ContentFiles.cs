namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// The names of large contents' files, which tell what a crash left:
/// <c>incoming/ID.part</c> is unfinished; <c>incoming/SHA256~ID</c> is whole and durable, and perhaps referred to by
/// the database; <c>contents/AB/SHA256</c> is in its place.
/// </summary>
internal static class ContentFiles
{
    public static string PreparedName(DataFolder folder, string sha256) => Path.Combine(folder.Incoming, $"{sha256}~{Guid.NewGuid():N}");

    public static string Place(DataFolder folder, string sha256) => Path.Combine(folder.Contents, sha256[..2], sha256);

    public static void MoveToPlace(DataFolder folder, string file, string sha256)
    {
        var place = Place(folder, sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Move(file, place, overwrite: true);
    }

    /// <summary>The file of a content that the database refers to. Between commit and move it still has its prepared name.</summary>
    public static string? Find(DataFolder folder, string sha256)
    {
        var place = Place(folder, sha256);
        return File.Exists(place) ? place : Directory.EnumerateFiles(folder.Incoming, sha256 + "~*").FirstOrDefault();
    }

    /// <summary>The SHA-256 that a prepared file's name tells; null for an unfinished one.</summary>
    public static string? Sha256Of(string file)
    {
        var name = Path.GetFileName(file);
        var tilde = name.IndexOf('~', StringComparison.Ordinal);
        return tilde < 0 ? null : name[..tilde];
    }
}
