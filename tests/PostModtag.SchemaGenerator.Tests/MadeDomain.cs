using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PostModtag.Domain.Memo;
using PostModtag.Testing;

namespace PostModtag.SchemaGenerator.Tests;

/// <summary>
/// The generated code, compiled with the model's hand-written part to an assembly and loaded. What the reader makes and
/// the model is made from (<see cref="MemoElement"/>, <see cref="FileContent"/>) comes from the real Domain.
/// </summary>
internal sealed class MadeDomain
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private MadeDomain(CSharpCompilation compilation, IReadOnlyList<Diagnostic> problems, Assembly assembly)
    {
        Compilation = compilation;
        Problems = problems;
        Assembly = assembly;
    }

    public CSharpCompilation Compilation { get; }

    /// <summary>Warnings of the compiler, but for the one that a type here hides the real Domain's of the same name.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; }

    public Assembly Assembly { get; }

    public static MadeDomain Of(params IEnumerable<SchemaText> schemas)
    {
        var run = GeneratorRun.Of(schemas);
        run.Diagnostics.ShouldBeEmpty();
        var compilation = CSharpCompilation.Create(
            "PostModtag.Domain.Made",
            [.. run.Trees, .. HandWritten(), Parse(ImplicitUsings)],
            [.. Framework(), MetadataReference.CreateFromFile(typeof(MemoElement).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        result.Success.ShouldBeTrue(string.Join('\n', result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error)));
        assembly.Position = 0;
        return new MadeDomain(
            compilation,
            [.. result.Diagnostics.Where(problem => problem.Severity >= DiagnosticSeverity.Warning && problem.Id != "CS0436")],
            new AssemblyLoadContext("made", isCollectible: true).LoadFromStream(assembly));
    }

    public Type Type(string name) => Assembly.GetType("PostModtag.Domain.Memo." + name).ShouldNotBeNull();

    /// <summary>The made <c>MemoMessage.From</c>.</summary>
    public dynamic Read(MemoElement message) => Type("MemoMessage").GetMethod("From")!.Invoke(null, [message])!;

    /// <summary>The made <c>MemoFields.Find</c>.</summary>
    public dynamic? Find(string path) => Type("MemoFields").GetMethod("Find")!.Invoke(null, [path]);

    /// <summary>The field's values in a message, as the made catalogue finds them.</summary>
    public string[] Values(string path, object message) => [.. (IEnumerable<string>)Find(path)!.Values((dynamic)message)];

    private static IEnumerable<SyntaxTree> HandWritten() =>
        Directory.EnumerateFiles(Repository.PathOf("src", "PostModtag.Domain", "Memo"), "*.cs")
            .Where(file => Path.GetFileNameWithoutExtension(file) is not (nameof(MemoElement) or nameof(FileContent)))
            .Select(file => Parse(File.ReadAllText(file)));

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, GeneratorRun.ParseOptions);

    private static IEnumerable<MetadataReference> Framework() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(file => MetadataReference.CreateFromFile(file));
}
