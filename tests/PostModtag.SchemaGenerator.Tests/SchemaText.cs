using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace PostModtag.SchemaGenerator.Tests;

/// <summary>A schema file as the compiler hands it to the generator. Two with the same text are still two objects.</summary>
internal sealed class SchemaText(string path, string text) : AdditionalText
{
    public override string Path { get; } = path;

    public string Text { get; } = text;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(Text);
}
