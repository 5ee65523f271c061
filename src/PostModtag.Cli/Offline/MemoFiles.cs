using PostModtag.Cli.Commands;

namespace PostModtag.Cli.Offline;

/// <summary>The files that a person names: each, and of folders those that are XML.</summary>
internal static class MemoFiles
{
    /// <summary>Standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The files, in the order that they were named in, and those of a folder by name.</summary>
    /// <exception cref="MisusedException">One is not there, or a folder has none.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> named) => [.. named.SelectMany(Of)];

    private static IReadOnlyList<string> Of(string name)
    {
        if (name == StandardInput || File.Exists(name))
            return [name];
        if (!Directory.Exists(name))
            throw new MisusedException($"There is no file {name}.");
        var files = Directory.GetFiles(name, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new MisusedException($"There is no *.xml in the folder {name}.");
    }
}
