using PostModtag.Testing;

namespace PostModtag.SchemaGenerator.Tests;

/// <summary>
/// A MeMo 1.3 that does not exist: 1.2 with a new text and a new complex element in the header. It stands for the next
/// version, whatever that will bring.
/// </summary>
internal static class Version13
{
    public static IReadOnlyList<SchemaText> Files { get; } =
    [
        .. Schemas.Of("1.2").Select(file => new SchemaText(file.Path.Replace("/1.2/", "/1.3/", StringComparison.Ordinal), Path.GetFileName(file.Path) switch
        {
            "memo.xsd" => Memo(file.Text),
            "dataTypes.xsd" => Before(file.Text, "</xs:schema>", PriorityType),
            _ => file.Text,
        })),
    ];

    private const string PriorityType = """
        <xs:simpleType name="memoPriorityType">
          <xs:restriction base="xs:string"><xs:maxLength value="16"/></xs:restriction>
        </xs:simpleType>
        """;

    private const string Priority = """
        <xs:element name="priority" type="dt:memoPriorityType" minOccurs="0">
          <xs:annotation>
            <xs:documentation xml:lang="en">How much it hastes: "now" &amp; not &lt;soon&gt;.</xs:documentation>
            <xs:documentation xml:lang="da">Prioritet: hvor meget det haster.</xs:documentation>
          </xs:annotation>
        </xs:element>
        """;

    private const string Delivery = """
        <xs:element name="Delivery" type="memo:DeliveryType" minOccurs="0" maxOccurs="2">
          <xs:annotation>
            <xs:documentation xml:lang="en">How the message was brought.</xs:documentation>
            <xs:documentation xml:lang="da">Levering: hvordan meddelelsen er bragt.</xs:documentation>
          </xs:annotation>
        </xs:element>
        """;

    private const string DeliveryType = """
        <xs:complexType name="DeliveryType">
          <xs:sequence>
            <xs:element name="channel" type="dt:memoTextType">
              <xs:annotation>
                <xs:documentation xml:lang="en">The way it went.</xs:documentation>
                <xs:documentation xml:lang="da">Kanal: den vej, den gik.</xs:documentation>
              </xs:annotation>
            </xs:element>
            <xs:element name="deliveredDate" type="xs:date" minOccurs="0">
              <xs:annotation>
                <xs:documentation xml:lang="en">The day it came.</xs:documentation>
                <xs:documentation xml:lang="da">Leveringsdato: den dag, den kom.</xs:documentation>
              </xs:annotation>
            </xs:element>
          </xs:sequence>
        </xs:complexType>
        """;

    /// <summary>A message of that version, with an invented sender and recipient.</summary>
    public static byte[] Message(string priority = "HASTER", string version = "1.3")
    {
        var memo = new TestMemo
        {
            MemoVersion = version,
            ExtraHeader = """
                <memo:Delivery><memo:channel>brevdue</memo:channel><memo:deliveredDate>2026-11-23</memo:deliveredDate></memo:Delivery>
                <memo:Delivery><memo:channel>flaskepost</memo:channel></memo:Delivery>
                """,
        };
        return System.Text.Encoding.UTF8.GetBytes(Before(memo.ToString(), "<memo:Sender>", $"<memo:priority>{priority}</memo:priority>"));
    }

    /// <summary>Writes the files as they would stand in <c>api-spec/memo</c>, beside 1.2.</summary>
    public static void WriteTo(string folder)
    {
        foreach (var file in Schemas.Of("1.2").Concat(Files))
        {
            var path = Path.Combine(folder, Path.GetRelativePath("api-spec/memo", file.Path));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }
    }

    private static string Memo(string text)
    {
        text = Before(text, """<xs:element name="postType" """, Priority);
        text = Before(text, """<xs:element name="ReplyData" """, Delivery);
        return Before(text, "</xs:schema>", DeliveryType);
    }

    private static string Before(string text, string place, string added)
    {
        var at = text.IndexOf(place, StringComparison.Ordinal);
        (at >= 0 && text.IndexOf(place, at + 1, StringComparison.Ordinal) < 0).ShouldBeTrue($"{place} should be there once");
        return text.Insert(at, added);
    }
}
