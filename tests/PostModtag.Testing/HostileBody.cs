using System.Text;

namespace PostModtag.Testing;

/// <summary>A body of any length that is a piece of a message over and over. It is made as it is read, and nowhere as a whole.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Head">What it begins with.</param>
/// <param name="Unit">What comes over and over.</param>
/// <param name="Tail">What it ends with.</param>
/// <param name="Answer">What it is answered: the reason why it is no message, the errorCode of its receipt, or <see cref="Valid"/>.</param>
public sealed record HostileBody(string Name, string Head, string Unit, string Tail, string Answer)
{
    /// <summary>It is a message like any other.</summary>
    public const string Valid = "valid";

    private const string NotXml = nameof(NotXml);
    private const string NoUuid = "MessageUuidMissing";
    private const string Limit = "STRUCTURE_LIMIT_EXCEEDED";
    private const string Violation = "SCHEMA_VIOLATION";
    private const string Place = "¤";

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<HostileBody> All { get; } =
    [
        InHeader("elements in one another, each open", "<memo:a>", Limit),
        InHeader("elements side by side", "<memo:a/>", Limit),
        InHeader("elements that the schema allows side by side", "<memo:ReplyData><memo:messageUUID>8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32</memo:messageUUID></memo:ReplyData>", Limit),
        InHeader("attributes, ten an element", "<memo:a b='1' c='2' d='3' e='4' f='5' g='6' h='7' i='8' j='9' k='0'/>", Limit),
        InHeader("attributes of one element", " a='1'", Limit, open: "<memo:a "),
        InHeader("namespaces, declared again and again", "<memo:a xmlns:a='urn:a' xmlns:b='urn:a' xmlns:c='urn:c'/>", Limit),
        InHeader("one name", "n", Limit, open: "<memo:"),
        InHeader("one attribute's value", "x", Limit, open: "<memo:a b='"),
        InHeader("references in an attribute's value", "&amp;", Limit, open: "<memo:a b='"),
        InHeader("white space in a tag", " ", Limit, open: "<memo:a"),
        InHeader("white space between elements", " \n", Valid),
        InHeader("comments", "<!-- x -->", Valid),
        InHeader("one comment", "x", Limit, open: "<!-- "),
        InHeader("processing instructions", "<?memo ud?>", Valid),
        InHeader("one processing instruction", "x", Limit, open: "<?memo "),
        InHeader("CDATA sections between elements", "<![CDATA[ ]]>", Violation, close: "x"),
        InLabel("white space in a label", " ", Violation),
        InLabel("letters in a label", "x", Violation),
        InLabel("references in a label", "&amp;", Violation),
        InLabel("characters by number in a label", "&#x1F48C;", Violation),
        InLabel("CDATA sections in a label", "<![CDATA[x]]>", Violation),
        InLabel("one CDATA section in a label", "x", Violation, open: "<![CDATA["),
        InLabel("comments and letters in a label", "<!-- -->x", Violation),
        InContent("white space in a content", " \r\n", Valid),
        InContent("Base64 in a content", "QUJD", Valid),
        InContent("Base64 with rubbish in it", "QUJD*", Violation),
        InContent("Base64 of another alphabet", "-_-_", Violation),
        InContent("padding over and over", "QQ==", Violation),
        InContent("letters beyond ASCII in a content", "æ", Violation),
        InContent("Base64 in CDATA sections", "<![CDATA[QUJD]]>", Valid),
        InContent("Base64 by number", "&#81;&#85;&#74;&#68;", Valid),
        InContent("Base64 and comments", "QUJD<!-- content>QUJD</ -->", Valid),
        InContent("Base64 and instructions", "QUJD<?memo ud?>", Valid),
        new("white space before the message", "<?xml version='1.0'?>", " \n", WithoutDeclaration, NoUuid),
        new("white space after the message", WithoutDeclaration, " \n", "", Limit),
        new("white space alone", "", " \n", "", NoUuid),
        new("comments before the message", "", "<!-- -->", WithoutDeclaration, Valid),
        new("comments after the message", WithoutDeclaration, "<!-- -->", "", Valid),
        new("processing instructions before the message", "", "<?a?>", WithoutDeclaration, Valid),
        new("processing instructions after the message", WithoutDeclaration, "<?a?>", "", Valid),
        new("a document type, its entities of entities", "<!DOCTYPE m [<!ENTITY a0 'x'>", "<!ENTITY a1 '&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;'>", "]><m>&a1;</m>", "HasDocumentType"),
        new("a document type, its declarations from elsewhere", "<!DOCTYPE m [<!ENTITY % a SYSTEM 'file:///dev/zero'>", "%a;", "]><m/>", "HasDocumentType"),
        new("messages one after another", "", WithoutDeclaration, "", NotXml),
        new("end tags that nothing began", "", "</memo:Message>", "", NotXml),
        new("CDATA around everything", "<![CDATA[", "<memo:Message/>", "]]>", NotXml),
        new("bytes that are no characters", "<memo:Message xmlns:memo='" + TestMemo.Namespace + "'>", "\0", "", NotXml),
        new("a tag that is not MeMo's, and all beneath it", "<a>", "<a>x</a>", "</a>", NoUuid),
    ];

    /// <summary>Whether it is refused as no message; the others are kept, with their receipts.</summary>
    public bool IsNoMessage => Answer is not (Valid or Limit or Violation);

    private static string WithoutDeclaration => new TestMemo().ToString()[38..];

    /// <summary>It in a length.</summary>
    public Stream Open(long length) => new RepeatedStream(Encoding.UTF8.GetBytes(Head), Encoding.UTF8.GetBytes(Unit), Encoding.UTF8.GetBytes(Tail), length);

    private static HostileBody InHeader(string name, string unit, string answer, string open = "", string close = "") =>
        In(new TestMemo { ExtraHeader = open + Place + close }, name, unit, answer);

    private static HostileBody InLabel(string name, string unit, string answer, string open = "") =>
        In(new TestMemo { Label = open + Place + open.Replace("<![CDATA[", "]]>", StringComparison.Ordinal) }, name, unit, answer);

    private static HostileBody InContent(string name, string unit, string answer)
    {
        var memo = new TestMemo();
        memo.Files[0] = ("brev.txt", "text/plain", [0]);
        var parts = memo.ToString().Split("AA==");
        return new HostileBody(name, parts[0], unit, parts[1], answer);
    }

    private static HostileBody In(TestMemo memo, string name, string unit, string answer)
    {
        var parts = memo.ToString().Split(Place);
        return new HostileBody(name, parts[0], unit, parts[1], answer);
    }
}
