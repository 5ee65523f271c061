using System.Xml;
using System.Xml.Schema;

namespace PostModtag.ContractDiff.Xsd;

/// <summary>Names with the prefixes that the schemas themselves use.</summary>
internal sealed class XsdNames
{
    private readonly Dictionary<string, string> _prefixes = [];

    public XsdNames(params XmlSchemaSet[] sets)
    {
        foreach (var schema in sets.SelectMany(set => set.Schemas().Cast<XmlSchema>()))
        {
            foreach (var declared in schema.Namespaces.ToArray().Where(declared => declared.Name.Length > 0))
                _prefixes.TryAdd(declared.Namespace, declared.Name);
        }
    }

    public string Of(XmlQualifiedName name) => _prefixes.TryGetValue(name.Namespace, out var prefix) ? $"{prefix}:{name.Name}" : name.Name;
}
