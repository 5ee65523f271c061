using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace PostModtag.Testing;

/// <summary>.NET's own validating reader over the same schemas: what the server's reader must agree with.</summary>
public static class ReferenceReader
{
    private static readonly Dictionary<decimal, XmlSchemaSet> Schemas = new() { [1.1m] = Compile("1.1"), [1.2m] = Compile("1.2") };

    /// <summary>Whether the message follows the schema that its memoVersion names.</summary>
    public static bool Allows(byte[] message) => Judge(message) == ReferenceVerdict.Valid;

    /// <summary>What the body is: no XML, XML that does not follow the schema that its memoVersion names, or a valid message.</summary>
    public static ReferenceVerdict Judge(byte[] message)
    {
        try
        {
            if (Version(message) is { } version && Schemas.TryGetValue(version, out var schemas) && Follows(message, schemas))
                return ReferenceVerdict.Valid;
            return IsXml(message) ? ReferenceVerdict.Invalid : ReferenceVerdict.NotXml;
        }
        catch (XmlException)
        {
            return ReferenceVerdict.NotXml;
        }
        catch (ArgumentOutOfRangeException)
        {
            // .NET stumbles over a moment that it would have to round up beyond the year 9999.
            return IsXml(message) ? ReferenceVerdict.Invalid : ReferenceVerdict.NotXml;
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

    private static bool IsXml(byte[] message)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(message));
            while (reader.Read())
            {
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
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

/// <summary>What .NET says of a body.</summary>
public enum ReferenceVerdict
{
    /// <summary>It is not well-formed, or has a document type declaration.</summary>
    NotXml,

    /// <summary>It does not follow the schema.</summary>
    Invalid,

    /// <summary>It follows the schema.</summary>
    Valid,
}
