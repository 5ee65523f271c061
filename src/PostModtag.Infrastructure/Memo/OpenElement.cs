using System.Text;
using PostModtag.Application.Storage;
using PostModtag.Domain.Memo;

namespace PostModtag.Infrastructure.Memo;

/// <summary>An element of a message that is open: it has begun, and not ended.</summary>
internal sealed class OpenElement(MemoElement element, OpenElement? parent)
{
    public ContentModel Children;
    private StringBuilder? _text;

    public MemoElement Element { get; } = element;

    /// <summary>Null for an element that the schema does not know: what is in it is read and not checked.</summary>
    public SchemaElement? Declaration { get; set; }

    public SchemaType? Type => Declaration?.Type;

    /// <summary>Whether the element is the content of a file.</summary>
    public bool IsContent { get; set; }

    /// <summary>Where its decoded bytes go, once there are any.</summary>
    public IContentWriter? Content { get; set; }

    /// <summary>What the cutter has made of it, where it has taken it out.</summary>
    public CutContent? Cut { get; set; }

    public StringBuilder Text => _text ??= new StringBuilder();

    public bool TextTooLong { get; set; }

    public bool TextReported { get; set; }

    public string TakeText() => _text?.ToString() ?? "";

    /// <summary>The way to the element; positions stand where an element may repeat, or does.</summary>
    public string XPath()
    {
        if (parent is null)
            return "/" + MemoNamespaces.Step(Element.Namespace, Element.Name);
        var same = parent.Element.Children(Element.Namespace, Element.Name).TakeWhile(sibling => sibling != Element).Count() + 1;
        var place = same > 1 || Declaration is { MayRepeat: true } ? $"[{same}]" : "";
        return $"{parent.XPath()}/{MemoNamespaces.Step(Element.Namespace, Element.Name)}{place}";
    }
}
