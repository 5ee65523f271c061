using System.Globalization;
using System.Xml;
using System.Xml.Schema;

namespace PostModtag.ContractDiff.Xsd;

/// <summary>Compares two versions of a schema. Breaking is what makes a document wrong that was right.</summary>
internal sealed class XsdComparison
{
    private readonly Findings _findings;
    private readonly HashSet<(XmlSchemaType Old, XmlSchemaType New)> _compared = [];
    private readonly XsdNames _names;

    private XsdComparison(Findings findings, XsdNames names) => (_findings, _names) = (findings, names);

    /// <exception cref="ContractUnreadableException">A file is no schema.</exception>
    public static void Compare(string[] old, string[] @new, Findings findings)
    {
        var (before, after) = (Read(old), Read(@new));
        new XsdComparison(findings, new XsdNames(before, after)).Compare(before, after);
    }

    // Every file is added, so an import needs no location, and nothing is fetched.
    private static XmlSchemaSet Read(string[] files)
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        foreach (var file in files)
        {
            try
            {
                using var reader = XmlReader.Create(file, new XmlReaderSettings { XmlResolver = null, DtdProcessing = DtdProcessing.Prohibit });
                set.Add(XmlSchema.Read(reader, (_, problem) => throw problem.Exception)!);
            }
            catch (Exception exception) when (exception is XmlException or XmlSchemaException)
            {
                throw new ContractUnreadableException($"{file} is no XML schema that can be read: {exception.Message}");
            }
        }

        try
        {
            set.Compile();
            return set;
        }
        catch (XmlSchemaException exception)
        {
            throw new ContractUnreadableException($"{string.Join(", ", files)} are no XML schema together: {exception.Message}");
        }
    }

    private void Compare(XmlSchemaSet old, XmlSchemaSet @new)
    {
        // A schema that others use has types and no document of its own: then the types are what there is to compare.
        foreach (XmlQualifiedName name in @new.GlobalElements.Names)
        {
            var after = (XmlSchemaElement)@new.GlobalElements[name]!;
            if (old.GlobalElements[name] is XmlSchemaElement before)
                Types($"/{_names.Of(name)}", before.ElementSchemaType!, after.ElementSchemaType!);
            else
                _findings.Compatible($"/{_names.Of(name)}", "is a new document");
        }

        foreach (XmlQualifiedName name in old.GlobalElements.Names)
        {
            if (@new.GlobalElements[name] is null)
                _findings.Breaking($"/{_names.Of(name)}", "is gone");
        }

        foreach (XmlQualifiedName name in @new.GlobalTypes.Names)
        {
            if (old.GlobalTypes[name] is XmlSchemaType before)
                Types($"the type {_names.Of(name)}", before, (XmlSchemaType)@new.GlobalTypes[name]!);
        }
    }

    private void Types(string place, XmlSchemaType old, XmlSchemaType @new)
    {
        if (!_compared.Add((old, @new)))
            return;
        if (old is XmlSchemaComplexType before && @new is XmlSchemaComplexType after)
        {
            Contents(place, before, after);
            Attributes(place, before, after);
        }
        else if (old is XmlSchemaComplexType != @new is XmlSchemaComplexType)
            _findings.Breaking(place, @new is XmlSchemaComplexType ? "has elements or attributes, and was a text" : "is a text, and had elements or attributes");
        else
            SimpleTypes.Compare(place, (XmlSchemaSimpleType)old, (XmlSchemaSimpleType)@new, _findings, _names);
    }

    private void Contents(string place, XmlSchemaComplexType old, XmlSchemaComplexType @new)
    {
        var (before, after) = (XsdParticle.Of(old), XsdParticle.Of(@new));
        var common = new List<string>();
        foreach (var now in after.Elements)
        {
            var there = $"{place}/{_names.Of(now.Name)}";
            if (before.Find(now.Name) is not { } was)
            {
                _findings.Add(now.Min > 0, there, $"is new, and {Occurs(now)}");
                continue;
            }

            common.Add(now.Name.ToString());
            if (was.Min != now.Min || was.Max != now.Max)
                _findings.Add(now.Min > was.Min || now.Max < was.Max, there, $"{Occurs(now)}, and {Occurred(was)}");
            Types(there, was.Type, now.Type);
        }

        foreach (var was in before.Elements.Where(was => after.Find(was.Name) is null))
            _findings.Breaking($"{place}/{_names.Of(was.Name)}", "is gone");

        // The rest of the shape: which come after which, and which exclude each other.
        if (before.Shape(common) != after.Shape(common))
            _findings.Breaking(place, "its elements come in another order, or exclude others than before");
        if (old.ContentTypeParticle is not null && old.IsMixed != @new.IsMixed)
            _findings.Add(old.IsMixed, place, @new.IsMixed ? "may have text between its elements now" : "has no text between its elements now");
    }

    private static string Occurs(XsdElement element) => element switch
    {
        { Min: 0, Max: 1 } => "may be left out",
        { Min: 1, Max: 1 } => "must be there once",
        { Min: 0, Max: decimal.MaxValue } => "may be there any number of times",
        { Min: 1, Max: decimal.MaxValue } => "must be there once or more",
        { Max: decimal.MaxValue } => string.Create(CultureInfo.InvariantCulture, $"must be there {element.Min} times or more"),
        _ => string.Create(CultureInfo.InvariantCulture, $"must be there {element.Min} to {element.Max} times"),
    };

    private static string Occurred(XsdElement element) => Occurs(element).Replace("may be", "could be", StringComparison.Ordinal).Replace("must be", "had to be", StringComparison.Ordinal);

    private void Attributes(string place, XmlSchemaComplexType old, XmlSchemaComplexType @new)
    {
        foreach (var now in @new.AttributeUses.Values.Cast<XmlSchemaAttribute>())
        {
            var there = $"{place}/@{_names.Of(now.QualifiedName)}";
            if (old.AttributeUses[now.QualifiedName] is not XmlSchemaAttribute was)
                _findings.Add(now.Use == XmlSchemaUse.Required, there, $"is new, and {(now.Use == XmlSchemaUse.Required ? "must be there" : "may be left out")}");
            else
            {
                if (was.Use != now.Use)
                    _findings.Add(now.Use == XmlSchemaUse.Required, there, now.Use == XmlSchemaUse.Required ? "must be there now" : "may be left out now");
                Types(there, was.AttributeSchemaType!, now.AttributeSchemaType!);
            }
        }

        foreach (var was in old.AttributeUses.Values.Cast<XmlSchemaAttribute>().Where(was => @new.AttributeUses[was.QualifiedName] is null))
            _findings.Breaking($"{place}/@{_names.Of(was.QualifiedName)}", "is gone");
    }
}
