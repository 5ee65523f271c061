using System.Xml.Linq;
using System.Xml.Schema;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>Every simple value of a message that has them all, moved to and over the bounds of its type.</summary>
internal static class ValueMutants
{
    /// <summary>The values made for its type, in each element and attribute.</summary>
    public static IEnumerable<Mutant> OfItsType(string version)
    {
        var document = EachElementOnce(version);
        foreach (var (element, type) in Mutant.OnceAKind(Simple(document, version), simple => simple.Element))
        {
            foreach (var mutant in With(document, element, Values.For(type)))
                yield return mutant;
        }

        foreach (var attribute in document.Root!.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            var value = attribute.Value;
            foreach (var other in Values.All.Append(value + "0").Append(" " + value).Append("+" + value).Append("0" + value).Append("-" + value))
            {
                attribute.Value = other;
                yield return Mutant.Of(document, $"{attribute.Name} is '{other}'");
            }

            attribute.Value = value;
        }
    }

    /// <summary>The values made for all types, in one element of each type.</summary>
    public static IEnumerable<Mutant> OfOtherTypes(string version)
    {
        var document = EachElementOnce(version);
        foreach (var (element, _) in Simple(document, version).DistinctBy(simple => simple.Type.Name ?? simple.Type.QualifiedName.ToString()))
        {
            foreach (var mutant in With(document, element, Values.All))
                yield return mutant;
        }
    }

    // What an Action leads to is one of two things: there must be two of them.
    private static XDocument EachElementOnce(string version)
    {
        var document = Mutant.EveryElement(version);
        document.Descendants().Where(element => element.Name.LocalName != "Action" && element.ElementsBeforeSelf(element.Name).Any()).Remove();
        return document;
    }

    public static IEnumerable<(XElement Element, XmlSchemaSimpleType Type)> Simple(XDocument document, string version) =>
        document.Descendants().Zip(ReferenceReader.SimpleTypes(document, version))
            .Where(pair => pair.Second is not null)
            .Select(pair => (pair.First, pair.Second!));

    private static IEnumerable<Mutant> With(XDocument document, XElement element, IEnumerable<string> values)
    {
        var value = element.Value;
        foreach (var other in values)
        {
            element.Value = other;
            yield return Mutant.Of(document, $"'{other}' in {Mutant.Path(element)}");
        }

        element.Value = value;
    }
}
