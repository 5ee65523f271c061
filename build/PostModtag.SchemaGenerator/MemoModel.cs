using System.Xml;
using System.Xml.Schema;

namespace PostModtag.SchemaGenerator;

/// <summary>What the generated code is written from: the types a MeMo message is made of, in the order of the schema.</summary>
internal sealed class MemoModel
{
    private const string MemoNamespace = "https://DigitalPost.dk/MeMo-1";

    private readonly XmlSchemaSet _schemas;
    private readonly List<ModelType> _types = [];
    private readonly Dictionary<XmlSchemaComplexType, ModelType> _bySchemaType = [];

    private MemoModel(string version, XmlSchemaSet schemas)
    {
        Version = version;
        _schemas = schemas;
    }

    public string Version { get; }

    public IReadOnlyList<ModelType> Types => _types;

    public ModelType Root => _types[0];

    public static MemoModel Read(SchemaFolder folder, out string version)
    {
        version = folder.Version;
        var schemas = folder.Compile();
        var model = new MemoModel(folder.Version, schemas);
        if (schemas.GlobalElements[new XmlQualifiedName("Message", MemoNamespace)] is not XmlSchemaElement message)
            throw new SchemaNotUsableException($"there is no global element Message in {MemoNamespace}");

        model.TypeOf(message);
        return model;
    }

    /// <summary>
    /// Messages of an older version are read into the same model: what that version does not demand is not required, and
    /// what has another kind of value there is text.
    /// </summary>
    public void MakeRoomFor(MemoModel older)
    {
        foreach (var type in _types)
        {
            if (older._types.Find(candidate => candidate.ClrName == type.ClrName) is not { } itsType)
                continue;
            foreach (var member in type.Members)
                member.MakeRoomFor(itsType.Members.Find(candidate => candidate.XmlName == member.XmlName && candidate.IsAttribute == member.IsAttribute));
        }
    }

    private ModelType TypeOf(XmlSchemaElement element)
    {
        var schemaType = (XmlSchemaComplexType)element.ElementSchemaType!;
        if (_bySchemaType.TryGetValue(schemaType, out var known))
            return known;

        var name = ModelNames.Type(element.QualifiedName.Name);
        if (!ModelNames.IsFree(name))
            throw new SchemaNotUsableException($"an element named {element.QualifiedName.Name} would become {name}, which is no name that can be had");
        if (_types.Any(type => type.ClrName == name))
            throw new SchemaNotUsableException($"two types would be named {name}: elements named {element.QualifiedName.Name} differ");

        var type = new ModelType(name, element.QualifiedName, Documentation(element));
        _types.Add(type);
        _bySchemaType.Add(schemaType, type);

        foreach (XmlSchemaAttribute attribute in schemaType.AttributeUses.Values)
        {
            type.Members.Add(Named(type, ModelMember.Simple(
                attribute.QualifiedName, isAttribute: true, min: attribute.Use == XmlSchemaUse.Required ? 1 : 0, max: 1,
                ModelValue.Of(attribute.AttributeSchemaType!), attribute.DefaultValue, Documentations.Of(attribute, attribute.AttributeSchemaType))));
        }

        if (schemaType.ContentTypeParticle is XmlSchemaGroupBase group)
            AddMembers(type, group, optional: false, repeated: false);

        return type;
    }

    private static ModelMember Named(ModelType type, ModelMember member) => ModelNames.IsFree(member.ClrName)
        ? member
        : throw new SchemaNotUsableException($"{type.XmlName.Name} has an element named {member.XmlName.Name}, which would become {member.ClrName}, no name that can be had");

    private void AddMembers(ModelType type, XmlSchemaGroupBase group, bool optional, bool repeated)
    {
        optional |= group.MinOccurs == 0 || group is XmlSchemaChoice;
        repeated |= group.MaxOccurs > 1;
        foreach (var particle in group.Items.Cast<XmlSchemaObject>())
        {
            switch (particle)
            {
                case XmlSchemaElement element:
                    type.Members.Add(Named(type, Member(element, optional ? 0 : element.MinOccurs, repeated ? decimal.MaxValue : element.MaxOccurs)));
                    break;
                case XmlSchemaGroupBase inner:
                    AddMembers(type, inner, optional, repeated);
                    break;
                default:
                    throw new SchemaNotUsableException($"{type.XmlName.Name} has a {particle.GetType().Name}, which the model has no form for");
            }
        }
    }

    private ModelMember Member(XmlSchemaElement element, decimal min, decimal max) => element.ElementSchemaType switch
    {
        XmlSchemaComplexType { ContentType: XmlSchemaContentType.ElementOnly } =>
            ModelMember.Complex(element.QualifiedName, min, max, TypeOf(element), Documentation(element)),
        XmlSchemaSimpleType simple =>
            ModelMember.Simple(element.QualifiedName, isAttribute: false, min, max, ModelValue.Of(simple), Default(element), Documentation(element)),
        var other => throw new SchemaNotUsableException(
            $"element {element.QualifiedName.Name} has the type {other?.QualifiedName.Name}, which is neither simple nor made of elements only"),
    };

    private string? Default(XmlSchemaElement element) => element.DefaultValue ?? Global(element)?.DefaultValue;

    private Documentations Documentation(XmlSchemaElement element) =>
        Documentations.Of(element, Global(element), element.ElementSchemaType);

    private XmlSchemaElement? Global(XmlSchemaElement element) => _schemas.GlobalElements[element.QualifiedName] as XmlSchemaElement;
}

/// <summary>A complex type of the schema, which becomes a record.</summary>
internal sealed class ModelType(string clrName, XmlQualifiedName xmlName, Documentations documentation)
{
    public string ClrName { get; } = clrName;

    public XmlQualifiedName XmlName { get; } = xmlName;

    public Documentations Documentation { get; } = documentation;

    public List<ModelMember> Members { get; } = [];
}

/// <summary>An element or attribute of a complex type, which becomes a property.</summary>
internal sealed class ModelMember
{
    private ModelMember(XmlQualifiedName xmlName, bool isAttribute, decimal min, decimal max, ModelType? type, ModelValue? value, string? defaultValue, Documentations documentation)
    {
        XmlName = xmlName;
        IsAttribute = isAttribute;
        IsRequired = min > 0;
        Repeats = max > 1;
        Type = type;
        Value = value;
        DefaultValue = defaultValue;
        Documentation = documentation;
    }

    public XmlQualifiedName XmlName { get; }

    public string ClrName => ModelNames.Property(XmlName.Name);

    public bool IsAttribute { get; }

    public bool IsRequired { get; private set; }

    public bool Repeats { get; private set; }

    /// <summary>The member's type where it is made of elements; else null.</summary>
    public ModelType? Type { get; }

    /// <summary>The member's value where it is simple; else null.</summary>
    public ModelValue? Value { get; private set; }

    public string? DefaultValue { get; }

    public Documentations Documentation { get; }

    /// <param name="older">The same member in an older version; null when that has none.</param>
    public void MakeRoomFor(ModelMember? older)
    {
        IsRequired &= older is { IsRequired: true };
        Repeats |= older is { Repeats: true };
        if (Value is not null && older?.Value is { } its && its.ClrType != Value.ClrType && !Value.IsContent)
            Value = ModelValue.AnyText;
    }

    public static ModelMember Simple(XmlQualifiedName name, bool isAttribute, decimal min, decimal max, ModelValue value, string? defaultValue, Documentations documentation) =>
        new(name, isAttribute, min, max, null, value, defaultValue, documentation);

    public static ModelMember Complex(XmlQualifiedName name, decimal min, decimal max, ModelType type, Documentations documentation) =>
        new(name, false, min, max, type, null, null, documentation);
}

/// <summary>How names of the schema become names in C#.</summary>
internal static class ModelNames
{
    // What the hand-written part of the model and every record have already.
    private static readonly HashSet<string> Taken =
        ["MemoElement", "MemoValue", "MemoField", "MemoFields", "MemoFieldType", "MemoFileInDocument", "From", "ToString", "Equals", "GetHashCode", "GetType", "Files", "EqualityContract"];

    public static bool IsFree(string name) => Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name) && !Taken.Contains(name);

    /// <summary>Message becomes MemoMessage, MessageHeader MemoHeader, Sender MemoSender.</summary>
    public static string Type(string element) =>
        "Memo" + Property(element.StartsWith("Message", StringComparison.Ordinal) && element.Length > 7 ? element.Substring(7) : element);

    public static string Property(string element) => char.ToUpperInvariant(element[0]) + element.Substring(1);
}
