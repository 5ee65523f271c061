using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>.NET's own validating reader over the same schemas: what the server's reader must agree with.</summary>
internal static class ReferenceReader
{
    private static readonly Dictionary<decimal, XmlSchemaSet> Schemas = new() { [1.1m] = Compile("1.1"), [1.2m] = Compile("1.2") };

    /// <summary>Whether the message follows the schema that its memoVersion names.</summary>
    public static bool Allows(byte[] message)
    {
        try
        {
            return Version(message) is { } version && Schemas.TryGetValue(version, out var schemas) && Follows(message, schemas);
        }
        catch (XmlException)
        {
            return false;
        }
        catch (ArgumentOutOfRangeException)
        {
            // .NET stumbles over a moment that it would have to round up beyond the year 9999.
            return false;
        }
    }

    /// <summary>The simple type of each element that has one, by its place in the document.</summary>
    public static IReadOnlyList<XmlSchemaSimpleType?> SimpleTypes(XDocument valid, string version)
    {
        var copy = new XDocument(valid);
        copy.Validate(Schemas[decimal.Parse(version, System.Globalization.CultureInfo.InvariantCulture)], null, addSchemaInfo: true);
        return [.. copy.Descendants().Select(element => element.GetSchemaInfo()?.SchemaType as XmlSchemaSimpleType)];
    }

    private static bool Follows(byte[] message, XmlSchemaSet schemas)
    {
        var follows = true;
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings,
            Schemas = schemas,
            XmlResolver = null,
        };
        settings.ValidationEventHandler += (_, _) => follows = false;
        using var reader = XmlReader.Create(new MemoryStream(message), settings);
        while (follows && reader.Read())
        {
        }

        return follows;
    }

    private static decimal? Version(byte[] message)
    {
        using var reader = XmlReader.Create(new MemoryStream(message));
        reader.MoveToContent();
        try
        {
            return reader.GetAttribute("memoVersion") is { } version ? XmlConvert.ToDecimal(version.Trim()) : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static XmlSchemaSet Compile(string version)
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("api-spec", "memo", version), "*.xsd"))
            set.Add(null, file);
        set.Compile();
        return set;
    }
}
