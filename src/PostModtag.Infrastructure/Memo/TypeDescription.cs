using System.Xml.Schema;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Memo;

/// <summary>Says in words what a simple type takes, from its facets.</summary>
internal static class TypeDescription
{
    public static BilingualText Of(XmlSchemaType type)
    {
        if (type is not XmlSchemaSimpleType)
            return new BilingualText("forventede elementer", "expected elements");

        var (danish, english) = type.TypeCode switch
        {
            XmlTypeCode.Boolean => ("true eller false", "true or false"),
            XmlTypeCode.Date => ("en dato, skrevet ÅÅÅÅ-MM-DD", "a date, written YYYY-MM-DD"),
            XmlTypeCode.DateTime => ("et tidspunkt, skrevet ÅÅÅÅ-MM-DDTtt:mm:ss", "a date and time, written YYYY-MM-DDThh:mm:ss"),
            XmlTypeCode.Decimal => ("et tal", "a number"),
            XmlTypeCode.Base64Binary => ("Base64", "Base64"),
            XmlTypeCode.AnyUri => ("en URI", "a URI"),
            XmlTypeCode.Language => ("en sprogkode", "a language code"),
            XmlTypeCode.Long or XmlTypeCode.Int or XmlTypeCode.Integer => ("et helt tal", "a whole number"),
            _ => ("en tekst", "a text"),
        };

        for (XmlSchemaType? step = type; step is XmlSchemaSimpleType simple; step = step.BaseXmlSchemaType)
        {
            if (simple.Content is not XmlSchemaSimpleTypeRestriction { Facets.Count: > 0 } restriction)
                continue;
            var enumeration = restriction.Facets.OfType<XmlSchemaEnumerationFacet>().Select(facet => facet.Value).ToList();
            if (enumeration.Count > 0)
            {
                danish = string.Join(" eller ", enumeration);
                english = string.Join(" or ", enumeration);
            }

            foreach (var facet in restriction.Facets.OfType<XmlSchemaFacet>())
            {
                danish += Facet(facet, danish: true);
                english += Facet(facet, danish: false);
            }
        }

        return new BilingualText("forventede " + danish, "expected " + english);
    }

    private static string Facet(XmlSchemaFacet facet, bool danish) => facet switch
    {
        XmlSchemaMaxLengthFacet => danish ? $" på højst {facet.Value} tegn" : $" of at most {facet.Value} characters",
        XmlSchemaMinLengthFacet => danish ? $" på mindst {facet.Value} tegn" : $" of at least {facet.Value} characters",
        XmlSchemaLengthFacet => danish ? $" på {facet.Value} tegn" : $" of {facet.Value} characters",
        XmlSchemaMaxInclusiveFacet => danish ? $" på højst {facet.Value}" : $" of at most {facet.Value}",
        XmlSchemaMinInclusiveFacet => danish ? $" på mindst {facet.Value}" : $" of at least {facet.Value}",
        XmlSchemaPatternFacet { Value: ".*Z" } => danish ? "Z (UTC, med Z til sidst)" : "Z (UTC, with Z at the end)",
        XmlSchemaPatternFacet when IsUuidType(facet) => danish ? " med formen af en UUID version 4" : " of the form of a UUID version 4",
        XmlSchemaPatternFacet => danish ? $" af formen {facet.Value}" : $" of the form {facet.Value}",
        _ => "",
    };

    private static bool IsUuidType(XmlSchemaFacet facet) =>
        facet.Parent?.Parent is XmlSchemaSimpleType { Name: { } name } && name.EndsWith("UuidType", StringComparison.Ordinal);
}
