using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Fuzz;

/// <summary>The message as .NET's document has it, whole in memory: the plainest reading there is.</summary>
internal static class PlainReading
{
    private static readonly XNamespace Memo = TestMemo.Namespace;

    /// <param name="body">The body.</param>
    /// <param name="plain">The same as <see cref="PlainText"/> writes it.</param>
    /// <param name="memo">What was read.</param>
    /// <summary>What of a valid message was read otherwise than it stands there; null when nothing was.</summary>
    public static string? FaultOf(byte[] body, byte[] plain, ReceivedMemo memo)
    {
        var root = Load(plain).Root!;
        var header = root.Element(Memo + "MessageHeader")!;
        if (memo.MessageUuid != Guid.Parse(header.Element(Memo + "messageUUID")!.Value.Trim()))
            return "The messageUUID is another one.";
        if (memo.Memo is not { } model || model.MessageHeader.Label != header.Element(Memo + "label")!.Value || memo.Summary.Label is not { } label || !model.MessageHeader.Label.StartsWith(label, StringComparison.Ordinal))
            return "The label is another one.";
        var contents = root.Descendants(Memo + "content").Count();
        if (model.Files().Count() != contents)
            return $"There are {contents} files, and {model.Files().Count()} were read.";
        return ElementFault(body, root, memo.Root!) ?? XmlFault(body, memo);
    }

    /// <summary>What is wrong with the copy of the body; null when nothing is.</summary>
    public static string? XmlFault(byte[] body, ReceivedMemo memo) =>
        memo.Xml == new ContentReference(Hash(body), body.Length) ? null : "The body was not kept as it came.";

    /// <summary>Whether an element has a text that is longer than the reader looks at.</summary>
    public static bool HasLongText(byte[] body) => Load(body).Descendants().Any(element => !element.HasElements && element.Value.Length > 4_096);

    /// <summary>The message with another character, which .NET counts as one, for each that it counts as two.</summary>
    public static byte[] InOneUnitEach(byte[] body)
    {
        try
        {
            var document = Load(body);
            foreach (var text in document.DescendantNodes().OfType<XText>())
                text.Value = InOneUnitEach(text.Value);
            foreach (var attribute in document.Descendants().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
                attribute.Value = InOneUnitEach(attribute.Value);
            using var bytes = new MemoryStream();
            using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize }))
                document.Save(writer);
            return bytes.ToArray();
        }
        catch (XmlException)
        {
            return body;
        }
    }

    private static XDocument Load(byte[] body) => XDocument.Load(new MemoryStream(body), LoadOptions.PreserveWhitespace);

    private static string InOneUnitEach(string text) =>
        string.Concat(text.EnumerateRunes().Select(character => character.IsBmp ? character.ToString() : "\uFFFD"));

    private static string? ElementFault(byte[] body, XElement expected, MemoElement read)
    {
        if (expected.Name.LocalName != read.Name || expected.Name.NamespaceName != read.Namespace)
            return $"An element at {read.Line}, {read.Column} has another name.";
        var children = expected.Elements().ToList();
        if (children.Count != read.AllChildren.Count)
            return $"An element at {read.Line}, {read.Column} has other children.";
        if ((expected.Name == Memo + "content" ? ContentFault(body, expected.Value, read) : TextFault(expected, read)) is { } fault)
            return fault;
        foreach (var attribute in expected.Attributes().Where(attribute => attribute.Name.Namespace == XNamespace.None && !attribute.IsNamespaceDeclaration))
        {
            if (read.Attribute(attribute.Name.LocalName) != attribute.Value)
                return $"An attribute at {read.Line}, {read.Column} has another value.";
        }

        return children.Zip(read.AllChildren).Select(pair => ElementFault(body, pair.First, pair.Second)).FirstOrDefault(found => found is not null);
    }

    private static string? TextFault(XElement expected, MemoElement read) =>
        expected.HasElements || expected.Value == read.Text || string.IsNullOrWhiteSpace(expected.Value) && read.Text.Length == 0 ? null : $"An element at {read.Line}, {read.Column} has another text.";

    private static string? ContentFault(byte[] body, string text, MemoElement read)
    {
        if (read.Content is not { } content)
            return $"A content at {read.Line}, {read.Column} was not read.";
        var expected = Decode(text);
        if (content.Length != expected.Length || content.Sha256 != Hash(expected))
            return $"A content at {read.Line}, {read.Column} was decoded to something else.";
        if (content.InXml is { } place && !Decode(Encoding.ASCII.GetString(body, (int)place.Offset, (int)place.Length)).AsSpan().SequenceEqual(expected))
            return $"A content at {read.Line}, {read.Column} does not stand where it was said to.";
        return null;
    }

    private static byte[] Decode(string text) => Convert.FromBase64String(string.Concat(text.Where(character => character is not (' ' or '\t' or '\r' or '\n'))));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
