namespace PostModtag.SchemaGenerator.Tests;

/// <summary>How each shape of a schema becomes C#, and a line of the catalogue.</summary>
public sealed class ModelShapeTests
{
    [Theory]
    [InlineData("""<xs:element name="a" type="xs:string"/>""", "public required string A { get; init; }")]
    [InlineData("""<xs:element name="a" type="xs:string" minOccurs="0"/>""", "public string? A { get; init; }")]
    [InlineData("""<xs:element name="a" type="xs:string" maxOccurs="2"/>""", "public System.Collections.Generic.IReadOnlyList<string> A { get; init; } = [];")]
    [InlineData("""<xs:element name="a" type="xs:boolean" minOccurs="0" default="true"/>""", "public bool A { get; init; } = true;")]
    [InlineData("""<xs:element name="a" type="xs:decimal" minOccurs="0" default="1.5"/>""", "public decimal A { get; init; } = 1.5m;")]
    [InlineData("""<xs:element name="a" type="xs:long" minOccurs="0" default="7"/>""", "public long A { get; init; } = 7;")]
    [InlineData("""<xs:element name="a" type="xs:string" minOccurs="0" default="&quot;x&quot;"/>""", """public string A { get; init; } = "\"x\"";""")]
    public void An_element_becomes_a_property_by_how_often_it_may_stand(string children, string property) =>
        GeneratorRun.Of(Schemas.Small("1.2", children)).Model.ShouldContain(property, Case.Sensitive);

    [Fact]
    public void Of_a_choice_every_element_may_be_missing()
    {
        var model = GeneratorRun.Of(Schemas.Small("1.2",
            """<xs:choice><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:date"/></xs:choice>""")).Model;

        model.ShouldContain("public string? A { get; init; }");
        model.ShouldContain("public System.DateOnly? B { get; init; }");
    }

    [Fact]
    public void Of_a_choice_that_repeats_every_element_repeats()
    {
        var run = GeneratorRun.Of(Schemas.Small("1.2",
            """<xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:date"/></xs:choice>"""));

        run.Model.ShouldContain("IReadOnlyList<string> A { get; init; } = [];");
        run.Fields.ShouldContain("""new("a", "a", MemoFieldType.Text, null, true,""");
    }

    [Theory]
    [InlineData("xs:string", "string", "Text")]
    [InlineData("xs:anyURI", "string", "Text")]
    [InlineData("xs:boolean", "bool", "Boolean")]
    [InlineData("xs:long", "long", "WholeNumber")]
    [InlineData("xs:int", "long", "WholeNumber")]
    [InlineData("xs:decimal", "decimal", "DecimalNumber")]
    [InlineData("xs:date", "System.DateOnly", "Date")]
    [InlineData("xs:dateTime", "System.DateTimeOffset", "DateTime")]
    [InlineData("memo:anyUuidType", "System.Guid", "Uuid")]
    public void A_simple_type_becomes_a_type_of_dotnet_and_a_type_of_field(string type, string property, string field)
    {
        var run = GeneratorRun.Of(Schemas.Small("1.2", $"""<xs:element name="a" type="{type}"/>""", """
            <xs:simpleType name="anyUuidType"><xs:restriction base="xs:string"><xs:pattern value="[0-9a-f-]{36}"/></xs:restriction></xs:simpleType>
            """));

        run.Model.ShouldContain($"public required {property} A {{ get; init; }}");
        run.Fields.ShouldContain($"MemoFieldType.{field}, null, false,");
    }

    [Theory]
    [InlineData("""<xs:maxLength value="12"/>""", "12")]
    [InlineData("""<xs:length value="8"/>""", "8")]
    [InlineData("""<xs:minLength value="3"/>""", "256")]
    [InlineData("""<xs:enumeration value="one"/><xs:enumeration value="three"/>""", "5")]
    public void The_length_of_a_text_is_that_of_its_type_or_else_of_the_type_it_restricts(string facets, string length) =>
        GeneratorRun.Of(Schemas.Small("1.2", """<xs:element name="a" type="memo:narrowType"/>""", $"""
            <xs:simpleType name="wideType"><xs:restriction base="xs:string"><xs:maxLength value="256"/></xs:restriction></xs:simpleType>
            <xs:simpleType name="narrowType"><xs:restriction base="memo:wideType">{facets}</xs:restriction></xs:simpleType>
            """)).Fields.ShouldContain($"MemoFieldType.Text, {length}, false,");

    [Fact]
    public void The_content_of_a_file_is_in_the_model_by_what_is_known_of_it_and_no_field()
    {
        var run = GeneratorRun.Of(Schemas.Small("1.2", """<xs:element name="a" type="xs:base64Binary"/>"""));

        run.Model.ShouldContain("public required FileContent A { get; init; }");
        run.Fields.ShouldNotContain("new(");
    }

    [Fact]
    public void A_type_that_stands_in_two_places_is_one_record_and_a_field_in_each()
    {
        var run = GeneratorRun.Of(Schemas.Small("1.2",
            """<xs:element name="Box" type="memo:BoxType"/><xs:element name="Crate" type="memo:BoxType" maxOccurs="2"/>""",
            """<xs:complexType name="BoxType"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:complexType>"""));

        run.Diagnostics.ShouldBeEmpty();
        run.Model.ShouldContain("public required MemoBox Box { get; init; }");
        run.Model.ShouldContain("IReadOnlyList<MemoBox> Crate { get; init; }");
        run.Fields.ShouldContain("""new("a", "Box/a", MemoFieldType.Text, null, false,""");
        run.Fields.ShouldContain("""new("a", "Crate/a", MemoFieldType.Text, null, true,""");
    }
}
