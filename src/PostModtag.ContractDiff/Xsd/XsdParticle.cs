using System.Globalization;
using System.Xml;
using System.Xml.Schema;

namespace PostModtag.ContractDiff.Xsd;

/// <summary>An element within another one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Min">How often it is there at least; 0 where another may be chosen in its place.</param>
/// <param name="Max">How often it is there at most; the largest number for any number.</param>
internal sealed record XsdElement(XmlQualifiedName Name, XmlSchemaType Type, decimal Min, decimal Max);

/// <summary>What may be within an element: which elements, how often, and in which shape.</summary>
internal sealed class XsdParticle
{
    private readonly XmlSchemaParticle _root;
    private readonly List<XsdElement> _elements = [];

    private XsdParticle(XmlSchemaParticle root)
    {
        _root = root;
        Add(root, 1, 1);
    }

    public IReadOnlyList<XsdElement> Elements => _elements;

    public static XsdParticle Of(XmlSchemaComplexType type) => new(type.ContentTypeParticle);

    public XsdElement? Find(XmlQualifiedName name) => _elements.Find(element => element.Name == name);

    /// <summary>The groups, in their order, with only these elements in them, as text to be compared.</summary>
    public string Shape(IReadOnlyCollection<string> among) => Shape(_root, among);

    private void Add(XmlSchemaParticle particle, decimal min, decimal max)
    {
        min *= particle.MinOccurs;
        max = particle.MaxOccurs == decimal.MaxValue || max == decimal.MaxValue ? decimal.MaxValue : max * particle.MaxOccurs;
        if (particle is XmlSchemaElement element)
        {
            // The same element in two places of a sequence counts together.
            var known = _elements.FindIndex(other => other.Name == element.QualifiedName);
            if (known < 0)
                _elements.Add(new XsdElement(element.QualifiedName, element.ElementSchemaType!, min, max));
            else
                _elements[known] = _elements[known] with { Min = _elements[known].Min + min, Max = max == decimal.MaxValue || _elements[known].Max == decimal.MaxValue ? decimal.MaxValue : _elements[known].Max + max };
        }
        else if (particle is XmlSchemaGroupBase group)
        {
            foreach (var part in group.Items.Cast<XmlSchemaParticle>())
                Add(part, group is XmlSchemaChoice && group.Items.Count > 1 ? 0 : min, max);
        }
    }

    private static string Shape(XmlSchemaParticle particle, IReadOnlyCollection<string> among)
    {
        if (particle is XmlSchemaElement element)
            return among.Contains(element.QualifiedName.ToString()) ? element.QualifiedName.ToString() : "";
        if (particle is XmlSchemaAny any)
            return string.Create(CultureInfo.InvariantCulture, $"any({any.Namespace} {any.MinOccurs} {any.MaxOccurs})");
        if (particle is not XmlSchemaGroupBase group)
            return "";
        var parts = group.Items.Cast<XmlSchemaParticle>().Select(part => Shape(part, among)).Where(part => part.Length > 0).ToList();
        return parts.Count switch
        {
            0 => "",
            1 => parts[0],
            _ => group is XmlSchemaChoice ? $"({string.Join('|', parts.Order(StringComparer.Ordinal))})" : group is XmlSchemaAll ? $"{{{string.Join('&', parts.Order(StringComparer.Ordinal))}}}" : string.Join(',', parts),
        };
    }
}
