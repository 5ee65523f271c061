namespace PostModtag.SchemaGenerator.Tests;

public sealed class NewestSchemaTests
{
    [Fact]
    public void The_folder_with_the_highest_number_is_the_newest()
    {
        GeneratorRun.Of(Schemas.Small("1.2"), Schemas.Small("1.3"), Schemas.Small("1.1")).Version.ShouldBe("1.3");
        GeneratorRun.Of(Schemas.Small("2"), Schemas.Small("1.9")).Version.ShouldBe("2");
        GeneratorRun.Of(Schemas.Small("9.0"), Schemas.Small("10.0")).Version.ShouldBe("10.0");
    }

    [Fact]
    public void A_folder_is_a_decimal_number_so_that_1_10_is_1_1_and_older_than_1_2() =>
        GeneratorRun.Of(Schemas.Small("1.10"), Schemas.Small("1.2")).Version.ShouldBe("1.2");

    [Theory]
    [InlineData("draft")]
    [InlineData("v9")]
    [InlineData("9.9-draft")]
    [InlineData("9,9")]
    [InlineData("-9")]
    [InlineData("9.9.9")]
    [InlineData("9e9")]
    public void A_folder_that_is_not_named_as_a_number_is_ignored(string folder)
    {
        var run = GeneratorRun.Of(Schemas.Small("1.2"), Schemas.Raw(folder, "no schema at all"));

        run.Diagnostics.ShouldBeEmpty();
        run.Version.ShouldBe("1.2");
    }

    [Fact]
    public void An_older_schema_that_cannot_be_used_is_named()
    {
        var run = GeneratorRun.Of(Schemas.Raw("1.2", "no schema at all"), Schemas.Small("1.3"));

        run.Diagnostics.ShouldHaveSingleItem().GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("1.2");
    }

    [Fact]
    public void What_an_older_version_does_not_demand_is_not_required_so_that_its_messages_can_be_read()
    {
        const string A = """<xs:element name="a" type="xs:string"/>""";
        var run = GeneratorRun.Of(
            Schemas.Small("1.2", A), Schemas.Small("1.3", A + """<xs:element name="b" type="xs:string"/>"""));

        run.Model.ShouldContain("public required string A { get; init; }");
        run.Model.ShouldContain("public string? B { get; init; }");
    }

    [Fact]
    public void What_has_another_kind_of_value_in_an_older_version_is_text()
    {
        var run = GeneratorRun.Of(
            Schemas.Small("1.2", """<xs:element name="a" type="xs:string"/>"""), Schemas.Small("1.3", """<xs:element name="a" type="xs:long"/>"""));

        run.Model.ShouldContain("public required string A { get; init; }");
        run.Fields.ShouldContain("""new("a", "a", MemoFieldType.Text, null""");
    }

    [Theory]
    [InlineData("from")]
    [InlineData("toString")]
    [InlineData("a-b")]
    public void A_name_that_CSharp_cannot_have_is_said_to_be_so(string name) =>
        GeneratorRun.Of(Schemas.Small("1.2", $"""<xs:element name="{name}" type="xs:string"/>"""))
            .Diagnostics.ShouldHaveSingleItem().GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain(name);

    [Fact]
    public void Other_additional_files_are_no_schemas()
    {
        var run = GeneratorRun.Of(Schemas.Small("1.2"), new SchemaText("api-spec/memo/9.9/notes.txt", "no schema at all"));

        run.Diagnostics.ShouldBeEmpty();
        run.Version.ShouldBe("1.2");
    }

    [Fact]
    public void The_real_model_is_made_from_the_newest_folder_there_is()
    {
        var newest = Directory.EnumerateDirectories(Testing.Repository.PathOf("api-spec", "memo"))
            .Select(folder => Path.GetFileName(folder))
            .MaxBy(name => decimal.Parse(name, System.Globalization.CultureInfo.InvariantCulture));

        Domain.Memo.MemoFields.SchemaVersion.ShouldBe(newest);
    }
}
