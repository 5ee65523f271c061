namespace PostModtag.ContractDiff.Tests;

/// <summary>Each kind of change of a schema is told; breaking is what makes a message wrong that was right.</summary>
public sealed class SchemaTests
{
    private const string Header = "/memo:Message/memo:MessageHeader";

    [Theory]
    [InlineData("<xs:element name=\"label\" type=\"dt:memoTextType\">", "<xs:element name=\"label\" type=\"dt:memoTextType\" minOccurs=\"0\">", "Compatible", $"{Header}/memo:label: may be left out, and had to be there once")]
    [InlineData("<xs:element name=\"label\" type=\"dt:memoTextType\">", "<xs:element name=\"priority\" type=\"dt:memoTextType\"/><xs:element name=\"label\" type=\"dt:memoTextType\">", "Breaking", $"{Header}/memo:priority: is new, and must be there once")]
    [InlineData("<xs:element name=\"label\" type=\"dt:memoTextType\">", "<xs:element name=\"priority\" minOccurs=\"0\" type=\"dt:memoTextType\"/><xs:element name=\"label\" type=\"dt:memoTextType\">", "Compatible", $"{Header}/memo:priority: is new, and may be left out")]
    [InlineData("<xs:element name=\"messageUUID\"", "<xs:element name=\"messageUuid\"", "Breaking", $"{Header}/memo:messageUUID: is gone")]
    public async Task An_element_of_MeMo(string from, string to, string effect, string told)
    {
        using var changed = new Changed().Replace("memo/1.2/memo.xsd", from, to);

        (await changed.LinesAsync()).ShouldContain($"{effect} memo/1.2 {told}");
    }

    [Theory]
    [InlineData("<a/>", "<a/>")]
    [InlineData("<xs:maxLength value=\"9\"/>", "<xs:maxLength value=\"8\"/>", "Breaking /x:a/x:text: maxLength is 8, and was 9")]
    [InlineData("<xs:maxLength value=\"9\"/>", "", "Compatible /x:a/x:text: maxLength is gone, and was 9")]
    [InlineData("<xs:enumeration value=\"B\"/>", "", "Breaking /x:a/x:kind: the value B is gone")]
    [InlineData("<xs:enumeration value=\"B\"/>", "<xs:enumeration value=\"B\"/><xs:enumeration value=\"C\"/>", "Compatible /x:a/x:kind: the value C is new")]
    [InlineData("type=\"xs:date\"", "type=\"xs:dateTime\"", "Breaking /x:a/x:day: is a xs:dateTime, and was a xs:date")]
    [InlineData("name=\"day\" ", "name=\"day\" maxOccurs=\"unbounded\" ", "Compatible /x:a/x:day: must be there once or more, and had to be there once")]
    [InlineData("<xs:pattern value=\"[a-z]*\"/>", "<xs:pattern value=\"[a-y]*\"/>", "Breaking /x:a/x:text: its form is [a-y]*, and was [a-z]*")]
    [InlineData("<xs:attribute name=\"version\" type=\"xs:string\"/>", "<xs:attribute name=\"version\" type=\"xs:string\" use=\"required\"/>", "Breaking /x:a/@version: must be there now")]
    [InlineData("<xs:attribute name=\"version\" type=\"xs:string\"/>", "", "Breaking /x:a/@version: is gone")]
    [InlineData("<xs:attribute name=\"version\" type=\"xs:string\"/>", "<xs:attribute name=\"version\" type=\"xs:string\"/><xs:attribute name=\"more\" type=\"xs:string\"/>", "Compatible /x:a/@more: is new, and may be left out")]
    [InlineData("<xs:choice>", "<xs:sequence>", "Breaking /x:a/x:left: must be there once, and could be left out", "Breaking /x:a/x:right: must be there once, and could be left out", "Breaking /x:a: its elements come in another order, or exclude others than before")]
    [InlineData("<xs:complexType>", "<xs:complexType mixed=\"true\">", "Compatible /x:a: may have text between its elements now")]
    public void A_part_of_a_schema(string from, string to, params string[] told)
    {
        const string Schema = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:x="urn:x" targetNamespace="urn:x" elementFormDefault="qualified">
              <!-- <a/> -->
              <xs:element name="a">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="text"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="9"/><xs:pattern value="[a-z]*"/></xs:restriction></xs:simpleType></xs:element>
                    <xs:element name="kind"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="A"/><xs:enumeration value="B"/></xs:restriction></xs:simpleType></xs:element>
                    <xs:element name="day" type="xs:date"/>
                    <xs:choice><xs:element name="left" type="xs:string"/><xs:element name="right" type="xs:string"/></xs:choice>
                  </xs:sequence>
                  <xs:attribute name="version" type="xs:string"/>
                </xs:complexType>
              </xs:element>
            </xs:schema>
            """;
        var changed = Schema.Replace(from, to, StringComparison.Ordinal);
        if (to == "<xs:sequence>")
            changed = changed.Replace("</xs:choice>", "</xs:sequence>", StringComparison.Ordinal);

        Compare(Schema, changed).ShouldBe(told, ignoreOrder: true);
    }

    [Fact]
    public async Task A_new_version_of_MeMo_is_held_against_the_newest_and_one_that_is_gone_is_told()
    {
        using var changed = new Changed().Replace("memo/1.2/memo.xsd", "<xs:element name=\"label\" type=\"dt:memoTextType\">", "<xs:element name=\"priority\" minOccurs=\"0\" type=\"dt:memoTextType\"/><xs:element name=\"label\" type=\"dt:memoTextType\">");
        Directory.Move(Path.Combine(changed.New, "memo", "1.2"), Path.Combine(changed.New, "memo", "1.3"));

        (await changed.LinesAsync()).ShouldBe(
        [
            "Compatible memo/1.3 MeMo 1.3: is a new version; messages of the others are read as before",
            $"Compatible memo/1.3 beside memo/1.2 {Header}/memo:priority: is new, and may be left out",
            "Breaking memo/1.2 MeMo 1.2: is gone; its messages are rejected (MEMO_VERSION_NOT_SUPPORTED)",
        ]);
    }

    [Fact]
    public async Task Two_folders_of_one_version_are_compared_as_they_are()
    {
        var changes = await ContractComparison.CompareAsync(Repository.PathOf("api-spec", "memo", "1.1"), Repository.PathOf("api-spec", "memo", "1.2"), CancellationToken.None);

        changes.Where(change => change.Effect == ChangeEffect.Breaking).ShouldHaveSingleItem().Place.ShouldBe("/memo:Message/@memoSchVersion");
        changes.ShouldContain(change => change.Place == $"{Header}/memo:Sender/memo:Representative" && change.Sentence == "is new, and may be left out");
    }

    [Fact]
    public async Task A_schema_that_cannot_be_read_is_named()
    {
        using var changed = new Changed().Replace("memo/1.2/memo.xsd", "<xs:schema", "<xs:schem");

        (await Should.ThrowAsync<ContractUnreadableException>(changed.LinesAsync)).Message.ShouldContain(Path.Combine(changed.New, "memo", "1.2", "memo.xsd"));
    }

    private static string[] Compare(string old, string @new)
    {
        var folder = Directory.CreateTempSubdirectory("postmodtag-contract-").FullName;
        try
        {
            var (before, after) = (Path.Combine(folder, "old.xsd"), Path.Combine(folder, "new.xsd"));
            File.WriteAllText(before, old);
            File.WriteAllText(after, @new);
            return [.. ContractComparison.CompareAsync(before, after, CancellationToken.None).GetAwaiter().GetResult().Select(change => $"{change.Effect} {change.Place}: {change.Sentence}")];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
