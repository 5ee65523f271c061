using System.Text;
using System.Xml;
using System.Xml.Linq;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A message with one change, and what was changed.</summary>
internal sealed record Mutant(string Change, byte[] Message)
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };

    private static readonly XNamespace Memo = TestMemo.Namespace;

    /// <summary>
    /// The example that has every element of its version; for the sake of speed with small files, and without what the
    /// recipient has just as the sender has it.
    /// </summary>
    public static XDocument EveryElement(string version)
    {
        var document = XDocument.Load(new MemoryStream(Examples.ReadValid($"every-element-{version}.xml")));
        document.Descendants(Memo + "Recipient").Elements(Memo + "AttentionData").Elements().Skip(1).Remove();
        foreach (var content in document.Descendants(Memo + "content"))
            content.Value = "QnJldg==";
        return document;
    }

    /// <summary>The document as it is now.</summary>
    public static Mutant Of(XDocument document, string change)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Settings))
            document.Save(writer);
        return new Mutant(change, bytes.ToArray());
    }

    /// <summary>Where an element stands.</summary>
    public static string Path(XElement element) =>
        string.Join('/', element.AncestorsAndSelf().Reverse().Select(step => $"{step.Name.LocalName}[{step.ElementsBeforeSelf(step.Name).Count() + 1}]"));

    /// <summary>
    /// The elements without those that stand in a parent of the same name, and so of the same type, again. Of a row of
    /// equal ones the first and the last are there.
    /// </summary>
    public static IEnumerable<T> OnceAKind<T>(IEnumerable<T> places, Func<T, XElement> element) =>
        places.GroupBy(place => (element(place).Parent?.Name, element(place).Name))
            .SelectMany(kind => new[] { kind.First(), kind.Last(place => element(place).Parent == element(kind.First()).Parent) }.Distinct());
}
