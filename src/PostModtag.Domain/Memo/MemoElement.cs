using System.Globalization;

namespace PostModtag.Domain.Memo;

/// <summary>
/// An element of a MeMo message as it was read, without the files' contents: the plain form from which the generated
/// model is made, and from which single fields can still be had when the message does not follow its schema.
/// </summary>
public sealed class MemoElement(string @namespace, string name)
{
    private readonly List<MemoElement> _children = [];
    private List<KeyValuePair<string, string>>? _attributes;

    /// <summary>The element's namespace; empty when it has none.</summary>
    public string Namespace { get; } = @namespace;

    /// <summary>The element's local name.</summary>
    public string Name { get; } = name;

    /// <summary>The line where its start tag stands, from 1; 0 when it was not read from a text.</summary>
    public int Line { get; init; }

    /// <summary>The column of its name in the start tag, from 1; 0 when it was not read from a text.</summary>
    public int Column { get; init; }

    /// <summary>The element's text; empty when it has none, or when it is the content of a file.</summary>
    public string Text { get; set; } = "";

    /// <summary>What is known of the file, where this element is a file's content.</summary>
    public FileContent? Content { get; set; }

    /// <summary>The child elements in the order of the message.</summary>
    public IReadOnlyList<MemoElement> AllChildren => _children;

    /// <summary>Adds the next child element.</summary>
    public void Add(MemoElement child) => _children.Add(child);

    /// <summary>Adds an attribute without a namespace.</summary>
    public void AddAttribute(string attribute, string value) => (_attributes ??= []).Add(new(attribute, value));

    /// <summary>The first child element of that name, or null.</summary>
    public MemoElement? Child(string childNamespace, string childName)
    {
        foreach (var child in _children)
        {
            if (child.Name == childName && child.Namespace == childNamespace)
                return child;
        }

        return null;
    }

    /// <summary>All child elements of that name, in order.</summary>
    public IEnumerable<MemoElement> Children(string childNamespace, string childName) =>
        _children.Where(child => child.Name == childName && child.Namespace == childNamespace);

    /// <summary>
    /// The element of this message at a violation's XPath, as far as its steps are of the message's own namespace; null
    /// when there is none.
    /// </summary>
    public MemoElement? Find(string xPath)
    {
        var found = (MemoElement?)this;
        foreach (var step in xPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var parts = step[(step.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('[', ']');
            var place = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
            found = found?.Children(Namespace, parts[0]).ElementAtOrDefault(place - 1);
        }

        return found;
    }

    /// <summary>The value of an attribute without a namespace, or null.</summary>
    public string? Attribute(string attribute) => _attributes?.Find(pair => pair.Key == attribute).Value;

    /// <summary>The element's text, or the schema's default where the element is empty.</summary>
    public string TextOr(string defaultText) => Text.Length == 0 ? defaultText : Text;
}
