using System.Security;
using PostModtag.Testing;

namespace PostModtag.Fuzz;

/// <summary>What is put into messages.</summary>
internal static class Fragments
{
    public static IReadOnlyList<string> Between { get; } =
    [
        " ", "\r\n", "x", "\uFEFF", "\u00A0", "<!-- -->", "<!--->-->", "<!-- -- -->", "<!-- content>QUJD</ -->", "<?memo ud?>", "<?xml version='1.0'?>", "<?a?>", "<![CDATA[]]>", "<![CDATA[ ]]>", "<![CDATA[x]]>", "<![CDATA[<memo:content>QUJD</memo:content>]]>",
        "&#32;", "&#10;", "&amp;", "&navn;", "&#0;", "<!DOCTYPE Message>", "<!DOCTYPE m [<!ENTITY navn 'x'>]>", "<memo:a/>", "<a/>", "<memo:a>x</memo:a>", "<a xmlns=''/>", "<memo:content>QUJD</memo:content>", "<memo:content/>",
        "<memo:label>x</memo:label>", "<memo:reply>true</memo:reply>", "<memo:Message/>", "</memo:Message>", "</memo:MessageHeader>", "<!--" + new string('x', 3_000) + "-->", "<![CDATA[" + new string(' ', 5_000) + "]]>",
        "<memo:AdditionalContentData/>", "<memo:ContentData/>", "\0", "]]>", "<",
    ];

    public static IReadOnlyList<string> Inside { get; } =
        ["", "x", "&amp;", "&lt;", "&gt;", "&quot;", "&#65;", "&#x1F48C;", "&#13;", "&#xE000;", "&#xFFFF;", "\uE000", "💌", "æ", "\u0085", "\u2028", "memo:content>QUJD</", "content>", "]]", "]]&gt;", "]]>", "-", "--", "?>", "\r", "\t", "\n", "\u007F", "&navn;", "&", "<b/>"];

    public static IReadOnlyList<string> Attributes { get; } =
    [
        "a='1'", "memoVersion='1.1'", "memoVersion=\"1.2\"", "memoVersion=' 1.20 '", "memoSchVersion='1.1.0'", "x:a='1'", "xmlns:x='urn:x'", "xmlns=''", "xmlns:x=''", "xml:lang='da'", "xml:space='preserve'", "xml:base='http://127.0.0.1:1/'", "xml:id='a'", "xmlns:xml='http://www.w3.org/XML/1998/namespace'",
        "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='x'", "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='i:string'", "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'", "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='false'",
        "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:s='http://www.w3.org/2001/XMLSchema' i:type='s:string'", "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:s='http://www.w3.org/2001/XMLSchema' i:type=' s:base64Binary '",
        "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='urn:x http://127.0.0.1:1/x.xsd'", "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:noNamespaceSchemaLocation='file:///etc/passwd'", "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:a='1'", "a='&#10;'", "a='<'", "a=1", "a", "a='1' a='1'",
    ];

    public static IReadOnlyList<string> Names { get; } = ["memo:Message", "Message", "memo:content", "content", "memo:File", "memo:label", "memo:idType", "grd:label", "x", "memo:x", "memo:Label", "_", "memo:MessageBody", "memo:AdditionalDocument", "memo:TechnicalDocument"];

    public static IReadOnlyList<string> Prefixes { get; } = ["memo", "grd", "kle", "form", "dmv", "gln", "udd", "sor", "m", "x", "æ"];

    public static IReadOnlyList<string> Namespaces { get; } =
    [
        TestMemo.Namespace, "https://DigitalPost.dk/MeMo-1 ", "https://digitalpost.dk/MeMo-1", "https://DigitalPost.dk/MeMo-2", "https://DigitalPost.dk/MeMo&#45;1", "", "urn:x", "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace",
        "https://DigitalPost.dk/gradData-1", "https://DigitalPost.dk/kleData-1",
    ];

    public static IReadOnlyList<string> Base64 { get; } =
        ["", " ", "QUJD", "QUI=", "QQ==", "QQ=", "Q", "QQ==QQ==", "QUJD*", "====", "QR==", "QUJDREVG", "\uE000", "QUJD\uE000", "&#81;UJD", "<![CDATA[QUJD]]>", "QUJD<!-- -->REVG", "<a/>", "\nQUJD\n", "Q\rU\nJ\tD", "-_-_", "æ", "QUJD\u00A0", new('A', 40_000), new('A', 16_385), string.Concat(Enumerable.Repeat("QUJD\r\n", 3_000))];

    public static IReadOnlyList<string> InBase64 { get; } = [" ", "\r\n", "\r", "\t", "=", "*", "-", "_", "\uE000", "\u00A0", "æ", "💌", "&#65;", "&#32;", "&amp;", "<!-- -->", "<?a?>", "<![CDATA[QUJD]]>", "<![CDATA[]]>", "<a/>", "\0", "]]>", "Q"];

    public static IReadOnlyList<string> EncodingNames { get; } = ["utf-8", "UTF8", "utf-16", "utf-16BE", "utf-16le", "iso-8859-1", "windows-1252", "us-ascii", "utf-7", "utf-32", "ucs-4", "iso-10646-ucs-2", "ibm037", "x", "", "1252", "unicode"];

    /// <summary>A text as XML writes it, so that exactly it is read.</summary>
    public static string Escaped(string text) => SecurityElement.Escape(text).Replace("\r", "&#13;", StringComparison.Ordinal);
}
