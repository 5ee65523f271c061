using System.Collections.Immutable;
using System.Text;
using System.Xml.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace PostModtag.SchemaGenerator;

/// <summary>
/// Makes the typed MeMo model (<c>MemoMessage</c>, <c>MemoHeader</c> and their parts) and the catalogue of its fields
/// (<c>MemoFields</c>) from the newest schema among the compiler's additional files <c>memo/VERSION/*.xsd</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MemoModelGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor NoSchema = new(
        "PMT001", "No MeMo schema", "There is no memo/VERSION/*.xsd among the additional files; VERSION is a number such as 1.2",
        "PostModtag", DiagnosticSeverity.Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor BadSchema = new(
        "PMT002", "The MeMo schema cannot be used", "MeMo schema {0}: {1}",
        "PostModtag", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".xsd", StringComparison.OrdinalIgnoreCase))
            .Select(static (file, cancellation) => new SchemaFile(file.Path, file.GetText(cancellation)?.ToString() ?? ""))
            .Collect();

        context.RegisterSourceOutput(files, static (output, all) => Generate(output, all));
    }

    private static void Generate(SourceProductionContext output, ImmutableArray<SchemaFile> files)
    {
        var folders = SchemaFolder.All(files);
        if (folders.Count == 0)
        {
            output.ReportDiagnostic(Diagnostic.Create(NoSchema, Location.None));
            return;
        }

        var version = "";
        try
        {
            var models = folders.Select(folder => MemoModel.Read(folder, out version)).ToList();
            var model = models[0];
            models.Skip(1).ToList().ForEach(model.MakeRoomFor);
            var (types, fields) = (ModelWriter.Write(model), CatalogueWriter.Write(model));
            output.AddSource("MemoModel.g.cs", SourceText.From(types, Encoding.UTF8));
            output.AddSource("MemoFields.g.cs", SourceText.From(fields, Encoding.UTF8));
        }
        catch (Exception exception) when (exception is XmlSchemaException or System.Xml.XmlException or SchemaNotUsableException)
        {
            output.ReportDiagnostic(Diagnostic.Create(BadSchema, Location.None, version, exception.Message));
        }
    }
}
