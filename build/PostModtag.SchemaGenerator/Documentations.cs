using System.Text.RegularExpressions;
using System.Xml.Schema;

namespace PostModtag.SchemaGenerator;

/// <summary>What the schema says of a type or element, in English and in Danish; empty where it says nothing.</summary>
internal sealed class Documentations(string english, string danish)
{
    public string English { get; } = english;

    public string Danish { get; } = danish;

    /// <summary>Takes each language from the first place that has it: the element itself, its global declaration, its type.</summary>
    public static Documentations Of(params XmlSchemaAnnotated?[] places) => new(Find(places, "en"), Find(places, "da"));

    private static string Find(IEnumerable<XmlSchemaAnnotated?> places, string language) => places
        .SelectMany(place => place?.Annotation?.Items.OfType<XmlSchemaDocumentation>() ?? [])
        .Where(documentation => (documentation.Language ?? "en") == language)
        .Select(documentation => Regex.Replace(string.Concat(documentation.Markup?.Select(node => node?.InnerText) ?? []), @"\s+", " ").Trim())
        .FirstOrDefault(text => text.Length > 0) ?? "";
}
