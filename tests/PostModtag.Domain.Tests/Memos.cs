using System.Globalization;
using System.Xml.Linq;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests;

/// <summary>Messages as the reader hands them to the domain, without the reader.</summary>
internal static class Memos
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 15, 30, 123, TimeSpan.Zero);

    /// <summary>A message that was read and follows its schema.</summary>
    public static ReceivedMemo Received(TestMemo? memo = null) => Received(Tree(memo ?? new TestMemo()), valid: true);

    /// <summary>A message that was read and breaks its schema.</summary>
    public static ReceivedMemo Broken(TestMemo? memo = null) => Received(Tree(memo ?? new TestMemo()), valid: false);

    /// <summary>A message in the state Received.</summary>
    public static Message Message(TestMemo? memo = null) => Messages.Message.Receive(Received(memo), Guid.NewGuid(), "application/xml", Now);

    /// <summary>The model of a message.</summary>
    public static MemoMessage Model(TestMemo memo) => MemoMessage.From(Tree(memo));

    public static MemoElement Tree(TestMemo memo) => Tree(memo.ToString());

    /// <summary>The tree that the reader would make of the XML; a file's hash is its number, its length that of the Base64.</summary>
    public static MemoElement Tree(string xml)
    {
        var files = 0;
        return Tree(XElement.Parse(xml), ref files);
    }

    private static MemoElement Tree(XElement xml, ref int files)
    {
        var element = new MemoElement(xml.Name.NamespaceName, xml.Name.LocalName);
        foreach (var attribute in xml.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            element.AddAttribute(attribute.Name.LocalName, attribute.Value);
        foreach (var child in xml.Elements())
            element.Add(Tree(child, ref files));
        if (element.Name == "content")
            element.Content = new FileContent(++files, xml.Value.Length, files.ToString("x64", CultureInfo.InvariantCulture));
        else if (!xml.HasElements)
            element.Text = xml.Value;
        return element;
    }

    private static ReceivedMemo Received(MemoElement tree, bool valid) => new()
    {
        MessageUuid = Guid.Parse(tree.Child(TestMemo.Namespace, "MessageHeader")!.Child(TestMemo.Namespace, "messageUUID")!.Text),
        Xml = new ContentReference(new string('a', 64), 1_234),
        MemoVersion = "1.2",
        Summary = MessageSummary.Of(tree),
        Memo = valid ? MemoMessage.From(tree) : null,
        Rejection = valid ? null : Rejection.For(ReceiptError.SchemaViolation),
    };
}
