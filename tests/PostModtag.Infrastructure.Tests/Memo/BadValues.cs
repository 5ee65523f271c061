using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A message that has every element, with values that no type of MeMo's allows.</summary>
internal sealed class BadValues
{
    /// <summary>Too long for a text, and not of the form of any other type.</summary>
    public static readonly string Bad = new('!', 600);

    private readonly XDocument _document;
    private readonly List<XElement> _simple;

    public BadValues(string version)
    {
        _document = XDocument.Load(new MemoryStream(Examples.ReadValid($"every-element-{version}.xml")), LoadOptions.PreserveWhitespace);
        _simple = [.. _document.Descendants().Intersect(Mutant.OnceAKind(ValueMutants.Simple(_document, version), simple => simple.Element).Select(simple => simple.Element))];
    }

    /// <summary>How many elements have a simple value, each kind once.</summary>
    public int Count => _simple.Count;

    /// <summary>
    /// The message with some of its values replaced. The messageUUID stays readable, with white space that its type does
    /// not allow.
    /// </summary>
    public byte[] With(IEnumerable<int> places, Func<int, string> value)
    {
        var before = new Dictionary<XElement, string>();
        foreach (var place in places.Distinct())
        {
            var element = _simple[place];
            before.Add(element, element.Value);
            element.Value = element is { Name.LocalName: "messageUUID", Parent.Name.LocalName: "MessageHeader" } ? element.Value + " " : value(place);
        }

        var bytes = new MemoryStream();
        _document.Save(bytes, SaveOptions.DisableFormatting);
        foreach (var (element, original) in before)
            element.Value = original;
        return bytes.ToArray();
    }

    /// <summary>The one element or attribute that an XPath of a violation points to.</summary>
    public static XObject Find(byte[] message, Violation violation)
    {
        var document = XDocument.Load(new MemoryStream(message), LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        var names = new XmlNamespaceManager(new NameTable());
        foreach (var declaration in document.Root!.Attributes().Where(attribute => attribute.IsNamespaceDeclaration))
            names.AddNamespace(declaration.Name.LocalName, declaration.Value);
        return ((IEnumerable<object>)document.XPathEvaluate(violation.XPath, names)).Cast<XObject>().ShouldHaveSingleItem();
    }
}
