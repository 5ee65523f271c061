using System.Collections;
using System.Xml;
using System.Xml.Schema;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Memo;

/// <summary>
/// The schema of one version of MeMo in the form that the reader checks by: each type's children as a row of slots.
/// The shape of XSD that this covers is that of MeMo (sequences of elements and of choices between elements); a schema
/// of any other shape is refused when the server starts. .NET compiles the schema and checks the simple values.
/// </summary>
internal sealed class MemoSchema
{
    private readonly Dictionary<XmlSchemaType, SchemaType> _types = [];
    private readonly XmlSchemaSet _set;

    private MemoSchema(string version, XmlSchemaSet set)
    {
        Version = version;
        _set = set;
        Message = set.GlobalElements[new XmlQualifiedName("Message", MemoNamespaces.Memo)] is XmlSchemaElement message
            ? Element(message)
            : throw new XmlSchemaException($"The schema {version} has no global element Message in {MemoNamespaces.Memo}.");
    }

    /// <summary>The version, which is the folder's name.</summary>
    public string Version { get; }

    /// <summary>The element that a document starts with.</summary>
    public SchemaElement Message { get; }

    /// <summary>Compiles a version's files.</summary>
    /// <exception cref="XmlSchemaException">The schema is wrong, or of a shape that the reader cannot check.</exception>
    public static MemoSchema Compile(string version, IEnumerable<Stream> files)
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        foreach (var file in files)
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { XmlResolver = null, DtdProcessing = DtdProcessing.Prohibit });
            set.Add(null, reader);
        }

        set.Compile();
        return new MemoSchema(version, set);
    }

    /// <summary>Whether a type that xsi:type names may stand in the place of the declared one.</summary>
    public bool MayStandFor(XmlQualifiedName named, SchemaType declared) =>
        (_set.GlobalTypes[named] as XmlSchemaType ?? XmlSchemaType.GetBuiltInSimpleType(named)) == declared.Source;

    private SchemaElement Element(XmlSchemaElement element)
    {
        if (element.FixedValue is not null)
            throw Unsupported(element.QualifiedName, "a fixed value");
        var global = _set.GlobalElements[element.QualifiedName] as XmlSchemaElement;
        var hasDefault = (element.DefaultValue ?? global?.DefaultValue) is not null;
        return new SchemaElement(element.QualifiedName, Type(element.ElementSchemaType!), element.MaxOccurs > 1, hasDefault);
    }

    private SchemaType Type(XmlSchemaType source)
    {
        if (_types.TryGetValue(source, out var known))
            return known;

        var type = new SchemaType(source);
        _types.Add(source, type);
        if (source is not XmlSchemaComplexType complex)
            return type;

        if (complex.ContentType is not (XmlSchemaContentType.ElementOnly or XmlSchemaContentType.Empty))
            throw Unsupported(complex.QualifiedName, "mixed or simple content in a complex type");
        if (complex.AttributeWildcard is not null)
            throw Unsupported(complex.QualifiedName, "xs:anyAttribute");
        foreach (XmlSchemaAttribute attribute in complex.AttributeUses.Values)
            type.Attributes.Add(new SchemaAttribute(attribute.QualifiedName, Type(attribute.AttributeSchemaType!), attribute.Use == XmlSchemaUse.Required));
        if (complex.ContentTypeParticle is XmlSchemaGroupBase group)
            AddSlots(type, group);
        return type;
    }

    private void AddSlots(SchemaType type, XmlSchemaGroupBase group)
    {
        if (group is XmlSchemaChoice choice)
        {
            type.Slots.Add(new Slot([.. Elements(type, choice.Items)], (int)choice.MinOccurs, Max(choice.MaxOccurs)));
            return;
        }

        if (group is not XmlSchemaSequence || group.MinOccurs != 1 || group.MaxOccurs != 1)
            throw Unsupported(type.Source.QualifiedName, "xs:all, or a sequence that is optional or repeats");
        foreach (var item in group.Items)
        {
            if (item is XmlSchemaElement element)
                type.Slots.Add(new Slot([Element(element)], (int)element.MinOccurs, Max(element.MaxOccurs)));
            else if (item is XmlSchemaGroupBase inner)
                AddSlots(type, inner);
            else
                throw Unsupported(type.Source.QualifiedName, item.GetType().Name);
        }
    }

    private IEnumerable<SchemaElement> Elements(SchemaType type, IEnumerable items)
    {
        foreach (var item in items)
        {
            yield return item is XmlSchemaElement { MinOccurs: 1, MaxOccurs: 1 } element
                ? Element(element)
                : throw Unsupported(type.Source.QualifiedName, "a choice of other than single elements");
        }
    }

    private static int Max(decimal maxOccurs) => maxOccurs > int.MaxValue ? int.MaxValue : (int)maxOccurs;

    private static XmlSchemaException Unsupported(XmlQualifiedName where, string what) =>
        new($"The MeMo schema has {what} at {where}; the reader does not know that shape (see docs/contract.md).");
}

/// <summary>An element's declaration.</summary>
internal sealed record SchemaElement(XmlQualifiedName Name, SchemaType Type, bool MayRepeat, bool HasDefault)
{
    /// <summary>The name with its canonical prefix.</summary>
    public string Step { get; } = MemoNamespaces.Step(Name.Namespace, Name.Name);

    public bool Is(string @namespace, string name) => Name.Name == name && Name.Namespace == @namespace;
}

/// <summary>An attribute's declaration.</summary>
internal sealed record SchemaAttribute(XmlQualifiedName Name, SchemaType Type, bool Required);

/// <summary>A place in a sequence: any of the elements, between <paramref name="Min"/> and <paramref name="Max"/> times.</summary>
internal sealed record Slot(SchemaElement[] Elements, int Min, int Max);

/// <summary>A simple type, or a complex one with its slots and attributes.</summary>
internal sealed class SchemaType(XmlSchemaType source)
{
    private static readonly XmlNameTable Names = new NameTable();

    public XmlSchemaType Source { get; } = source;

    public List<Slot> Slots { get; } = [];

    public List<SchemaAttribute> Attributes { get; } = [];

    public bool IsSimple => Source is XmlSchemaSimpleType;

    /// <summary>Base64: the content of a file, which is decoded as it comes.</summary>
    public bool IsContent { get; } = source is XmlSchemaSimpleType && source.TypeCode == XmlTypeCode.Base64Binary;

    /// <summary>What a value must be, for people.</summary>
    public BilingualText Expected { get; } = TypeDescription.Of(source);

    /// <summary>Whether the text is a value of this simple type. The reason why not is not asked for: it quotes the text.</summary>
    public bool Allows(string text)
    {
        try
        {
            Source.Datatype!.ParseValue(OneUnitEach(text), Names, null);
            return true;
        }
        catch (Exception exception) when (exception is XmlSchemaException or FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    // XSD counts characters, and .NET UTF-16 units: where a character has two, another stands in for it that has one.
    private static string OneUnitEach(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
        ? text
        : string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp ? (char)rune.Value : '\uFFFD'));
}
