using System.Globalization;
using System.Xml.Schema;

namespace PostModtag.ContractDiff.Xsd;

/// <summary>Compares simple types by what they let through: the built-in type below them, and every facet on the way to it.</summary>
internal static class SimpleTypes
{
    public static void Compare(string place, XmlSchemaSimpleType old, XmlSchemaSimpleType @new, Findings findings, XsdNames names)
    {
        if (old.Datatype!.Variety != @new.Datatype!.Variety || BuiltIn(old).TypeCode != BuiltIn(@new).TypeCode)
        {
            findings.Breaking(place, $"is a {names.Of(BuiltIn(@new).QualifiedName)}, and was a {names.Of(BuiltIn(old).QualifiedName)}");
            return;
        }

        var (before, after) = (Facets(old), Facets(@new));
        Bound("maxLength", typeof(XmlSchemaMaxLengthFacet), isUpper: true);
        Bound("minLength", typeof(XmlSchemaMinLengthFacet), isUpper: false);
        Bound("maxInclusive", typeof(XmlSchemaMaxInclusiveFacet), isUpper: true);
        Bound("maxExclusive", typeof(XmlSchemaMaxExclusiveFacet), isUpper: true);
        Bound("minInclusive", typeof(XmlSchemaMinInclusiveFacet), isUpper: false);
        Bound("minExclusive", typeof(XmlSchemaMinExclusiveFacet), isUpper: false);
        Bound("totalDigits", typeof(XmlSchemaTotalDigitsFacet), isUpper: true);
        Bound("fractionDigits", typeof(XmlSchemaFractionDigitsFacet), isUpper: true);
        Same("length", typeof(XmlSchemaLengthFacet));
        Same("form", typeof(XmlSchemaPatternFacet));
        Listed();

        void Bound(string name, Type facet, bool isUpper)
        {
            var (was, now) = (Tightest(before), Tightest(after));
            if (was == now)
                return;
            var isNarrower = now is not null && (was is null || (isUpper ? now < was : now > was));
            findings.Add(isNarrower, place, string.Create(CultureInfo.InvariantCulture, $"{name} is {(object?)now ?? "gone"}{(was is null ? ", and was not there" : $", and was {was}")}"));

            // Of what several types on the way say, the tightest counts.
            decimal? Tightest(List<XmlSchemaFacet> facets)
            {
                var values = facets.Where(facet.IsInstanceOfType).Select(each => decimal.TryParse(each.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (decimal?)null).OfType<decimal>().ToList();
                return values.Count == 0 ? null : isUpper ? values.Min() : values.Max();
            }
        }

        void Same(string name, Type facet)
        {
            var (was, now) = (Texts(before, facet), Texts(after, facet));
            if (was.SequenceEqual(now))
                return;
            findings.Add(now.Count > 0, place, $"its {name} is {(now.Count == 0 ? "free" : string.Join(" and ", now))}, and was {(was.Count == 0 ? "free" : string.Join(" and ", was))}");
        }

        void Listed()
        {
            var (was, now) = (Texts(before, typeof(XmlSchemaEnumerationFacet)), Texts(after, typeof(XmlSchemaEnumerationFacet)));
            if (was.Count == 0 && now.Count > 0)
                findings.Breaking(place, $"is one of {string.Join(", ", now)} now");
            else if (now.Count == 0 && was.Count > 0)
                findings.Compatible(place, "may be any value now");
            else
            {
                foreach (var value in was.Except(now))
                    findings.Breaking(place, $"the value {value} is gone");
                foreach (var value in now.Except(was))
                    findings.Compatible(place, $"the value {value} is new");
            }
        }
    }

    private static XmlSchemaType BuiltIn(XmlSchemaSimpleType type)
    {
        XmlSchemaType built = type;
        while (built.QualifiedName.Namespace != XmlSchema.Namespace && built.BaseXmlSchemaType is { } below)
            built = below;
        return built;
    }

    private static List<XmlSchemaFacet> Facets(XmlSchemaSimpleType type)
    {
        var facets = new List<XmlSchemaFacet>();
        for (XmlSchemaType? each = type; each is XmlSchemaSimpleType { QualifiedName.Namespace: not XmlSchema.Namespace } simple; each = simple.BaseXmlSchemaType)
        {
            if (simple.Content is XmlSchemaSimpleTypeRestriction restriction)
                facets.AddRange(restriction.Facets.Cast<XmlSchemaFacet>());
        }

        return facets;
    }

    private static List<string> Texts(List<XmlSchemaFacet> facets, Type facet) => [.. facets.Where(facet.IsInstanceOfType).Select(each => each.Value!).Distinct().Order(StringComparer.Ordinal)];
}
