using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PostModtag.SchemaGenerator.Tests;

/// <summary>One run of the generator over schema files, in this process.</summary>
internal sealed class GeneratorRun
{
    private GeneratorRun(GeneratorRunResult result)
    {
        Diagnostics = result.Diagnostics;
        Trees = [.. result.GeneratedSources.Select(source => source.SyntaxTree)];
        Model = Source("MemoModel.g.cs");
        Fields = Source("MemoFields.g.cs");

        string Source(string name) => string.Concat(result.GeneratedSources
            .Where(source => source.HintName == name).Select(source => source.SourceText.ToString()));
    }

    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    public IReadOnlyList<SyntaxTree> Trees { get; }

    /// <summary>The code of the model; empty when none was made.</summary>
    public string Model { get; }

    /// <summary>The code of the catalogue; empty when none was made.</summary>
    public string Fields { get; }

    /// <summary>The version that the code says it was made from.</summary>
    public string Version => Regex.Match(Fields, "SchemaVersion = \"([^\"]*)\"").Groups[1].Value;

    /// <summary>The language that the project itself is written in.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>An empty program, for which the generator works all the same.</summary>
    public static CSharpCompilation EmptyCompilation { get; } = CSharpCompilation.Create("Empty");

    public static GeneratorRun Of(params IEnumerable<SchemaText> schemas) =>
        new(Driver([.. schemas]).RunGenerators(EmptyCompilation).GetRunResult().Results.Single());

    /// <summary>A driver that remembers its steps, for what is asked of a second run.</summary>
    public static GeneratorDriver Driver(IReadOnlyList<SchemaText> schemas) => CSharpGeneratorDriver.Create(
        [new MemoModelGenerator().AsSourceGenerator()],
        schemas,
        ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
