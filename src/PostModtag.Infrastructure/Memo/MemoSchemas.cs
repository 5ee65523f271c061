using System.Globalization;
using System.Reflection;
using System.Xml;
using System.Xml.Schema;

namespace PostModtag.Infrastructure.Memo;

/// <summary>The schemas of all versions of MeMo: every folder <c>api-spec/memo/VERSION</c> is one.</summary>
internal sealed class MemoSchemas
{
    private readonly SortedDictionary<decimal, MemoSchema> _byVersion = [];

    private MemoSchemas()
    {
    }

    /// <summary>The versions, the oldest first.</summary>
    public IEnumerable<string> Versions => _byVersion.Values.Select(schema => schema.Version);

    /// <summary>The schemas that were built into this assembly.</summary>
    public static MemoSchemas BuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return Load(assembly.GetManifestResourceNames()
            .Select(name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith("memo/", StringComparison.Ordinal))
            .Select(name => (Version: name.Split('/')[1], Open: (Func<Stream>)(() => assembly.GetManifestResourceStream(name)!))));
    }

    /// <summary>The schemas in the folders of <paramref name="folder"/>, whose names are the versions.</summary>
    public static MemoSchemas FromFolder(string folder) =>
        Load(Directory.EnumerateFiles(folder, "*.xsd", SearchOption.AllDirectories)
            .Select(file => (Path.GetFileName(Path.GetDirectoryName(file)!), (Func<Stream>)(() => File.OpenRead(file)))));

    /// <summary>The schema for a memoVersion as a message has it; null when there is none. <c>1.10</c> is 1.1.</summary>
    public MemoSchema? Find(string? memoVersion)
    {
        try
        {
            return memoVersion is null ? null : _byVersion.GetValueOrDefault(XmlConvert.ToDecimal(memoVersion.Trim()));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static MemoSchemas Load(IEnumerable<(string Version, Func<Stream> Open)> files)
    {
        var schemas = new MemoSchemas();
        foreach (var version in files.GroupBy(file => file.Version, file => file.Open))
        {
            // The generator of the model passes over a folder whose name is no number too.
            if (!decimal.TryParse(version.Key, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                continue;
            var streams = version.Select(open => open()).ToList();
            if (!schemas._byVersion.TryAdd(number, MemoSchema.Compile(version.Key, streams)))
                throw new XmlSchemaException($"There are two schemas for MeMo {number}: remove one of the folders.");
            streams.ForEach(stream => stream.Dispose());
        }

        return schemas;
    }
}
