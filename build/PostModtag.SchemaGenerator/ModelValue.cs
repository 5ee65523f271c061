using System.Globalization;
using System.Xml.Schema;

namespace PostModtag.SchemaGenerator;

/// <summary>A simple type of the schema: what it is in C#, in the catalogue of fields, and how long it may be.</summary>
internal sealed class ModelValue
{
    private ModelValue(string clrType, string fieldType, int? maxLength)
    {
        ClrType = clrType;
        FieldType = fieldType;
        MaxLength = maxLength;
    }

    /// <summary>Text of any length: what holds every value.</summary>
    public static ModelValue AnyText { get; } = new("string", "Text", null);

    public string ClrType { get; }

    public string FieldType { get; }

    public int? MaxLength { get; }

    /// <summary>The content of a file, which is never part of the model; only its size, hash and number are.</summary>
    public bool IsContent => FieldType == "Content";

    public bool IsText => ClrType == "string";

    public static ModelValue Of(XmlSchemaType type) => type switch
    {
        // XSD has no UUID. The name tells it, since the pattern could be written in many ways.
        { TypeCode: XmlTypeCode.String, QualifiedName.Name: var name } when name.EndsWith("UuidType", StringComparison.Ordinal) =>
            new ModelValue("System.Guid", "Uuid", null),
        { TypeCode: XmlTypeCode.Boolean } => new ModelValue("bool", "Boolean", null),
        { TypeCode: XmlTypeCode.DateTime } => new ModelValue("System.DateTimeOffset", "DateTime", null),
        { TypeCode: XmlTypeCode.Date } => new ModelValue("System.DateOnly", "Date", null),
        { TypeCode: XmlTypeCode.Decimal } => new ModelValue("decimal", "DecimalNumber", null),
        { TypeCode: XmlTypeCode.Base64Binary } => new ModelValue("FileContent", "Content", null),
        { TypeCode: XmlTypeCode.Long or XmlTypeCode.Int or XmlTypeCode.Short } =>
            new ModelValue("long", "WholeNumber", null),
        _ => new ModelValue("string", "Text", LongestText(type)),
    };

    private static int? LongestText(XmlSchemaType? type)
    {
        for (; type is XmlSchemaSimpleType simple; type = type.BaseXmlSchemaType)
        {
            if (simple.Content is not XmlSchemaSimpleTypeRestriction restriction)
                continue;
            var enumeration = restriction.Facets.OfType<XmlSchemaEnumerationFacet>().Select(facet => facet.Value!.Length).ToList();
            if (enumeration.Count > 0)
                return enumeration.Max();
            if (restriction.Facets.OfType<XmlSchemaFacet>().FirstOrDefault(facet => facet is XmlSchemaMaxLengthFacet or XmlSchemaLengthFacet) is { } facet)
                return int.Parse(facet.Value!, CultureInfo.InvariantCulture);
        }

        return null;
    }
}
