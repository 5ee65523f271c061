using System.Reflection;
using Scalar.AspNetCore;

namespace PostModtag.Api.Documentation;

/// <summary>Shows both contracts under <c>/docs</c>, from the OpenAPI files themselves.</summary>
internal static class DocumentationEndpoints
{
    private static readonly (string File, string Title)[] Contracts =
    [
        ("postmodtag.openapi.yaml", "EP_FS1 – PostModtag"),
        ("administration.openapi.yaml", "Administration"),
    ];

    public static void MapDocumentation(this WebApplication app)
    {
        foreach (var (file, _) in Contracts)
        {
            app.MapGet($"/docs/{file}", () => Results.Stream(
                Assembly.GetExecutingAssembly().GetManifestResourceStream($"docs/{file}")!, "application/yaml"));
        }

        app.MapScalarApiReference("/docs", scalar =>
        {
            scalar.WithTitle("PostModtag");
            scalar.DisableDefaultFonts();
            scalar.DisableTelemetry();
            foreach (var (file, title) in Contracts)
                scalar.AddDocument(Path.GetFileNameWithoutExtension(file), title, $"/docs/{file}");
        });
        app.MapGet("/", () => Results.Redirect("/docs")).ExcludeFromDescription();
    }
}
