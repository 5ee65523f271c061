using System.Xml;
using Microsoft.CodeAnalysis.CSharp;

namespace PostModtag.SchemaGenerator;

/// <summary>Pieces of C# text.</summary>
internal static class CSharp
{
    public static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Summary(Documentations documentation, string otherwise, string indent) =>
        $"{indent}/// <summary>{Escape(documentation.English.Length > 0 ? documentation.English : otherwise + ".")}</summary>";

    /// <summary>A default value of the schema as C#.</summary>
    public static string Literal(ModelValue value, string text) => value.FieldType switch
    {
        "Boolean" => XmlConvert.ToBoolean(text) ? "true" : "false",
        "WholeNumber" => text,
        "DecimalNumber" => text + "m",
        "Text" => Quote(text),
        _ => throw new SchemaNotUsableException($"a default value for a {value.FieldType} has no form in the model"),
    };

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
