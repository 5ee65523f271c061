using System.Globalization;
using Microsoft.CodeAnalysis;

namespace PostModtag.SchemaGenerator.Tests;

public sealed class DiagnosticsTests
{
    [Fact]
    public void Without_a_schema_folder_the_build_fails_with_PMT001()
    {
        Only(GeneratorRun.Of()).Id.ShouldBe("PMT001");
        Only(GeneratorRun.Of(Schemas.Small("draft"))).Id.ShouldBe("PMT001");
    }

    [Fact]
    public void A_schema_that_is_not_xml_fails_with_PMT002_that_names_the_version_and_the_place()
    {
        var problem = Only(GeneratorRun.Of(Schemas.Raw("1.7", "<schema xmlns=\"http://www.w3.org/2001/XMLSchema\">\n  <broken")));

        problem.Id.ShouldBe("PMT002");
        Text(problem).ShouldStartWith("MeMo schema 1.7: ");
        Text(problem).ShouldContain("Line 2");
    }

    [Fact]
    public void A_schema_that_names_a_type_it_does_not_have_fails_with_PMT002_that_names_the_type()
    {
        var problem = Only(GeneratorRun.Of(Schemas.Small("1.7", """<xs:element name="field" type="memo:nowhereType"/>""")));

        problem.Id.ShouldBe("PMT002");
        Text(problem).ShouldStartWith("MeMo schema 1.7: ");
        Text(problem).ShouldContain("nowhereType");
    }

    [Fact]
    public void A_schema_with_a_part_that_schemas_do_not_have_fails_with_PMT002_that_names_the_part()
    {
        var problem = Only(GeneratorRun.Of(Schemas.Small("1.7", """<xs:elephant name="field"/>""")));

        problem.Id.ShouldBe("PMT002");
        Text(problem).ShouldContain("elephant");
    }

    [Fact]
    public void A_schema_without_a_global_Message_fails_with_PMT002_that_says_so()
    {
        var problem = Only(GeneratorRun.Of(Schemas.Raw("1.7", """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://DigitalPost.dk/MeMo-1">
              <xs:element name="Letter" type="xs:string"/>
            </xs:schema>
            """)));

        problem.Id.ShouldBe("PMT002");
        Text(problem).ShouldBe("MeMo schema 1.7: there is no global element Message in https://DigitalPost.dk/MeMo-1");
    }

    [Theory]
    [InlineData("""<xs:any/>""", "XmlSchemaAny")]
    [InlineData("""<xs:element name="When" type="xs:date" minOccurs="0" default="2026-01-01"/>""", "default value for a Date")]
    [InlineData("""<xs:element name="Loop" type="memo:LoopType"/>""", "Loop contains itself")]
    [InlineData("""<xs:element name="Mixed" type="memo:MixedType"/>""", "neither simple nor made of elements only")]
    [InlineData("""<xs:element name="Part" type="memo:PartType"/><xs:element name="Other" type="memo:OtherType"/>""", "MemoPart")]
    public void A_schema_of_a_shape_that_the_model_has_no_form_for_fails_with_PMT002_that_says_which(string children, string what)
    {
        var problem = Only(GeneratorRun.Of(Schemas.Small("1.7", children, """
            <xs:complexType name="LoopType"><xs:sequence>
              <xs:element name="Loop" type="memo:LoopType" minOccurs="0"/>
            </xs:sequence></xs:complexType>
            <xs:complexType name="MixedType" mixed="true"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:complexType>
            <xs:complexType name="PartType"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:complexType>
            <xs:complexType name="OtherType"><xs:sequence><xs:element name="Part">
              <xs:complexType><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence></xs:complexType>
            </xs:element></xs:sequence></xs:complexType>
            """)));

        problem.Id.ShouldBe("PMT002");
        Text(problem).ShouldContain(what);
    }

    /// <summary>The one problem. Code is made whole or not at all: half a model would hide it behind errors of its own.</summary>
    private static Diagnostic Only(GeneratorRun run)
    {
        run.Trees.ShouldBeEmpty();
        var problem = run.Diagnostics.ShouldHaveSingleItem();
        problem.Severity.ShouldBe(DiagnosticSeverity.Error);
        return problem;
    }

    private static string Text(Diagnostic problem) => problem.GetMessage(CultureInfo.InvariantCulture);
}
