using PostModtag.Testing;

namespace PostModtag.SchemaGenerator.Tests;

/// <summary>Schemas for the generator: those in <c>api-spec/memo</c>, and smallest ones made for a test.</summary>
internal static class Schemas
{
    /// <summary>The files of a version in <c>api-spec/memo</c>.</summary>
    public static IReadOnlyList<SchemaText> Of(string version) =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("api-spec", "memo", version), "*.xsd")
            .Order(StringComparer.Ordinal)
            .Select(file => new SchemaText($"api-spec/memo/{version}/{Path.GetFileName(file)}", File.ReadAllText(file))),
    ];

    /// <summary>A schema of one file, whose Message holds <paramref name="children"/>.</summary>
    public static SchemaText Small(string folder, string children, string types = "") => Raw(folder, $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:memo="https://DigitalPost.dk/MeMo-1"
                   targetNamespace="https://DigitalPost.dk/MeMo-1" elementFormDefault="qualified">
          <xs:element name="Message">
            <xs:complexType><xs:sequence>{children}</xs:sequence></xs:complexType>
          </xs:element>
          {types}
        </xs:schema>
        """);

    /// <summary>A schema of one field, where only its folder matters.</summary>
    public static SchemaText Small(string folder) => Small(folder, """<xs:element name="field" type="xs:string"/>""");

    public static SchemaText Raw(string folder, string text) => new($"api-spec/memo/{folder}/memo.xsd", text);
}
