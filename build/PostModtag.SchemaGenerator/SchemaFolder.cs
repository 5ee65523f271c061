using System.Globalization;
using System.Xml;
using System.Xml.Schema;

namespace PostModtag.SchemaGenerator;

/// <summary>One schema file as the compiler hands it in; compared by value, so that nothing is made anew without a change.</summary>
internal readonly struct SchemaFile(string path, string text) : IEquatable<SchemaFile>
{
    public string Path { get; } = path;

    public string Text { get; } = text;

    public bool Equals(SchemaFile other) => Path == other.Path && Text == other.Text;

    public override bool Equals(object? obj) => obj is SchemaFile other && Equals(other);

    public override int GetHashCode() => (Path.GetHashCode() * 397) ^ Text.GetHashCode();
}

/// <summary>The schema files of one version of MeMo: a folder whose name is the version.</summary>
internal sealed class SchemaFolder(string version, IReadOnlyList<SchemaFile> files)
{
    public string Version { get; } = version;

    /// <summary>The folders whose names are numbers, the newest version first.</summary>
    public static IReadOnlyList<SchemaFolder> All(IEnumerable<SchemaFile> files) =>
    [
        .. files
            .GroupBy(file => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(file.Path)) ?? "")
            .Where(folder => Number(folder.Key) is not null)
            .OrderByDescending(folder => Number(folder.Key))
            .Select(folder => new SchemaFolder(folder.Key, [.. folder])),
    ];

    /// <summary>Compiles the files together: every file is added, so an import needs no location and nothing is fetched.</summary>
    public XmlSchemaSet Compile()
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        foreach (var file in files)
        {
            using var reader = XmlReader.Create(new StringReader(file.Text), new XmlReaderSettings { XmlResolver = null });
            set.Add(XmlSchema.Read(reader, (_, problem) => throw problem.Exception)!);
        }

        set.Compile();
        return set;
    }

    private static decimal? Number(string name) =>
        decimal.TryParse(name, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The schema says something that the model has no form for; the message says what and where.</summary>
internal sealed class SchemaNotUsableException(string message) : Exception(message);
