using System.Xml.Linq;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>Every element of a message that has them all: removed, doubled, moved, renamed, with things put in.</summary>
internal static class StructureMutants
{
    private static readonly XNamespace Memo = TestMemo.Namespace;
    private static readonly XNamespace Grd = "https://data.gov.dk/model/core/";
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly (string Name, Action<XElement> Apply)[] Changes =
    [
        ("removed", element => Move(element, _ => { })),
        ("doubled", element => element.Parent?.Elements().First(sibling => sibling == element).AddAfterSelf(new XElement(element))),
        ("first among its siblings", element => Move(element, parent => parent.AddFirst(element))),
        ("last among its siblings", element => Move(element, parent => parent.Add(element))),
        ("swapped with the next", SwapWithNext),
        ("renamed", element => element.Name = element.Name + "X"),
        ("named as the next", element => element.Name = element.ElementsAfterSelf().FirstOrDefault()?.Name ?? element.Name),
        ("in another namespace", element => element.Name = (element.Name.Namespace == Memo ? Grd : Memo) + element.Name.LocalName),
        ("emptied", element => element.RemoveNodes()),
        ("within itself", element => element.AddFirst(new XElement(element))),
        ("with an attribute", element => element.SetAttributeValue("size", "1")),
        ("with memoSchVersion", element => element.SetAttributeValue("memoSchVersion", element.Attribute("memoSchVersion") is null ? "1.1.0" : null)),
        ("with a place for schemas", element => element.SetAttributeValue(Xsi + "schemaLocation", "urn:a b.xsd")),
        ("said to be nil", element => element.SetAttributeValue(Xsi + "nil", "true")),
        ("of a type that is not declared", element => element.SetAttributeValue(Xsi + "type", "unknown")),
        ("without attributes", element => element.RemoveAttributes()),
        ("with an unknown child first", element => element.AddFirst(new XElement(Memo + "priority", "1"))),
        ("with an unknown child last", element => element.Add(new XElement(Memo + "priority"))),
        ("with a known child", element => element.Add(new XElement(Memo + "label", "Brev"))),
        ("with text first", element => element.AddFirst(new XText("tekst"))),
        ("with text last", element => element.Add(new XText("tekst"))),
        ("with a no-break space", element => element.Add(new XText("\u00A0"))),
        ("with a comment, an instruction and white space", element => element.AddFirst(new XComment("bemærkning"), new XProcessingInstruction("skriv", "ud"), new XText(" \t\r\n"))),
    ];

    public static IEnumerable<Mutant> Of(string version)
    {
        var document = Mutant.EveryElement(version);
        var places = document.Descendants().Select((element, place) => (Element: element, Place: place)).ToList();
        foreach (var place in Mutant.OnceAKind(places, place => place.Element).Select(place => place.Place))
        {
            foreach (var (name, apply) in Changes)
            {
                var copy = new XDocument(document);
                var element = copy.Descendants().ElementAt(place);
                var change = $"{name}: {Mutant.Path(element)}";
                apply(element);
                yield return Mutant.Of(copy, change);
            }
        }
    }

    private static void Move(XElement element, Action<XElement> add)
    {
        if (element.Parent is not { } parent)
            return;
        element.Remove();
        add(parent);
    }

    private static void SwapWithNext(XElement element)
    {
        if (element.ElementsAfterSelf().FirstOrDefault() is not { } next)
            return;
        element.Remove();
        next.AddAfterSelf(element);
    }
}
