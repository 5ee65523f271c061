using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using PostModtag.Domain.Memo;
using PostModtag.Testing;

namespace PostModtag.SchemaGenerator.Tests;

public sealed class GeneratedCodeTests
{
    private static readonly MadeDomain Made = MadeDomain.Of(Schemas.Of("1.2"));

    [Fact]
    public void Every_record_prints_its_name_and_nothing_else()
    {
        List<Type> records = [.. Made.Assembly.GetTypes().Where(type => type.GetProperties().Length > 0 && IsModel(type))];

        records.Count.ShouldBeGreaterThan(30);
        foreach (var record in records)
            RuntimeHelpers.GetUninitializedObject(record).ToString().ShouldBe(record.Name);
    }

    [Fact]
    public async Task The_real_model_of_a_message_with_every_element_prints_its_name_and_nothing_else()
    {
        using var reader = new RealReader();
        var message = (await reader.ReadAsync(Examples.ReadValid("every-element-1.2.xml"))).Memo.ShouldNotBeNull();

        $"{message} {message.MessageHeader} {message.MessageHeader.Sender} {message.MessageBody}"
            .ShouldBe("MemoMessage MemoHeader MemoSender MemoBody");
    }

    [Fact]
    public void Every_public_member_has_a_documentation_comment()
    {
        var members = GeneratedMembers().ToList();

        members.Count.ShouldBeGreaterThan(200);
        members.Where(member => Summary(member).Length == 0).ShouldBeEmpty();
    }

    [Fact]
    public void The_documentation_of_every_record_and_property_is_what_the_schema_says_in_English()
    {
        var said = Schemas.Of("1.2")
            .SelectMany(file => XDocument.Parse(file.Text).Descendants(XName.Get("documentation", "http://www.w3.org/2001/XMLSchema")))
            .Where(documentation => (string?)documentation.Attribute(XNamespace.Xml + "lang") == "en")
            .Select(documentation => Regex.Replace(documentation.Value, @"\s+", " ").Trim())
            .ToHashSet();

        GeneratedMembers()
            .Where(member => member is IPropertySymbol or INamedTypeSymbol { IsRecord: true })
            .Where(member => !said.Contains(Summary(member)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void An_element_is_documented_by_its_own_words_before_those_of_its_type()
    {
        Summary(Member("MemoSender", "ContactPoint")).ShouldBe("The contact point at the sender, to which replies are directed.");
        Summary(Member("MemoRecipient", "ContactPoint")).ShouldStartWith("The place in the authority's contact structure");
    }

    [Fact]
    public void An_element_without_words_of_its_own_is_documented_by_its_type_and_else_by_its_name()
    {
        var run = GeneratorRun.Of(Schemas.Small("1.2",
            """<xs:element name="said" type="memo:saidType"/><xs:element name="unsaid" type="xs:string"/>""",
            """
            <xs:simpleType name="saidType">
              <xs:annotation><xs:documentation>What the type
                 says.</xs:documentation></xs:annotation>
              <xs:restriction base="xs:string"/>
            </xs:simpleType>
            """));

        run.Model.ShouldContain("/// <summary>What the type says.</summary>");
        run.Model.ShouldContain("/// <summary>MeMo Message/unsaid.</summary>");
    }

    private static bool IsModel(Type type) => type.GetMethod("<Clone>$") is not null
        && type.GetMethod("From", (System.Reflection.BindingFlags)(-1), [typeof(MemoElement)]) is not null;

    private static ISymbol Member(string type, string name) =>
        Made.Compilation.GetTypeByMetadataName("PostModtag.Domain.Memo." + type).ShouldNotBeNull().GetMembers(name).Single();

    private static IEnumerable<ISymbol> GeneratedMembers() => Made.Compilation.Assembly
        .GetTypeByMetadataName("PostModtag.Domain.Memo.MemoMessage")!.ContainingNamespace.GetTypeMembers()
        .SelectMany(type => type.GetMembers().Append(type))
        .Where(member => member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false } and not IMethodSymbol { AssociatedSymbol: not null })
        .Where(member => member.Locations.Any(place => place.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true));

    private static string Summary(ISymbol member) =>
        member.GetDocumentationCommentXml() is { Length: > 0 } xml ? XElement.Parse(xml).Element("summary")?.Value.Trim() ?? "" : "";
}
