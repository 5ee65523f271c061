using System.Text;
using System.Xml;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>Reads what decides of a receipt in XML: the texts of its elements, whatever their namespace. It takes no more of XML than a receipt needs.</summary>
internal static class ReceiptXml
{
    public const string Root = "PostModtag_response";
    public const string Result = $"{Root}/Result";
    public const string MessageUuid = $"{Root}/MessageUUID";
    public const string Reaction = $"{Root}/HovedoplysningerSvarREST/SvarReaktion";
    public const string Advis = $"{Reaction}/Advis";
    public const string AdvisTekst = $"{Advis}/AdvisTekst";
    public const string Fejl = $"{Reaction}/Fejl";
    public const string FejlId = $"{Fejl}/FejlId";
    public const string FejlTekst = $"{Fejl}/FejlTekst";

    private const int MaxDepth = 32;

    // Of the path of any other element nothing is kept: an answer can have very many, and very long ones.
    private const string Other = "";

    private static readonly HashSet<string> Known = [Root, Result, MessageUuid, $"{Root}/HovedoplysningerSvarREST", Reaction, Advis, AdvisTekst, Fejl, FejlId, FejlTekst];

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    /// <summary>The texts, by the paths above; those that are not there are not in it.</summary>
    /// <param name="bytes">The XML.</param>
    /// <param name="charset">What the answer says of its encoding, which overrules the XML; null when it says nothing.</param>
    /// <exception cref="FormatException">It is deeper than any receipt.</exception>
    /// <exception cref="ContradictoryReceiptException">An element that is to be there once is there twice.</exception>
    public static Dictionary<string, string> Read(byte[] bytes, Encoding? charset)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = charset is null
            ? XmlReader.Create(new MemoryStream(bytes), Settings)
            : XmlReader.Create(new StreamReader(new MemoryStream(bytes), charset), Settings);
        var paths = new Stack<string>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth >= MaxDepth)
                        throw new FormatException("Deeper than any receipt.");
                    var path = PathOf(reader.LocalName, paths.TryPeek(out var parent) ? parent : null);
                    if (path != Other && !texts.TryAdd(path, ""))
                        throw new ContradictoryReceiptException();
                    if (!reader.IsEmptyElement)
                        paths.Push(path);
                    break;
                case XmlNodeType.EndElement:
                    paths.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when paths.TryPeek(out var open) && open != Other:
                    texts[open] += reader.Value;
                    break;
                default:
                    break;
            }
        }

        return texts;
    }

    private static string PathOf(string name, string? parent)
    {
        var path = parent switch { null => name, Other => Other, _ => $"{parent}/{name}" };
        return Known.Contains(path) ? path : Other;
    }
}
