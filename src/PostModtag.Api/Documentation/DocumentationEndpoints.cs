using System.Reflection;
using Scalar.AspNetCore;

namespace PostModtag.Api.Documentation;

/// <summary>
/// Shows both contracts under <c>/docs</c>, with calls and answers that were recorded; serves the OpenAPI files themselves, the schema of rule files, and pages
/// of the contracts that need no server. They are open to all: they say nothing of what is kept.
/// </summary>
internal static class DocumentationEndpoints
{
    private static readonly (string File, string Title)[] Contracts =
    [
        ("postmodtag.openapi.yaml", "EP_FS1 – PostModtag"),
        ("administration.openapi.yaml", "Administration"),
    ];

    public static void MapDocumentation(this WebApplication app)
    {
        foreach (var (file, title) in Contracts)
        {
            var name = file.Split('.')[0];
            var documented = new Lazy<string>(() => DocumentedContract.Of(file));
            app.MapGet($"/docs/{file}", () => Resource($"docs/{file}", "application/yaml")).AllowAnonymous();
            app.MapGet($"/docs/{name}.yaml", () => Results.Text(documented.Value, "application/yaml")).AllowAnonymous();
            app.MapGet($"/docs/{name}.html", () => Results.Text(DocumentationPage.Of(title, documented.Value), "text/html")).AllowAnonymous();
        }

        app.MapGet("/schemas/rules.schema.json", () => Resource("schemas/rules.schema.json", "application/schema+json")).AllowAnonymous();

        app.MapScalarApiReference("/docs", scalar =>
        {
            scalar.WithTitle("PostModtag");
            scalar.WithOpenApiRoutePattern("/docs/{documentName}.yaml");

            // Nothing on the page leads, or speaks, to a service elsewhere.
            scalar.DisableDefaultFonts();
            scalar.DisableTelemetry();
            scalar.DisableAgent();
            scalar.DisableMcp();
            scalar.HideDeveloperTools();
            scalar.HideClientButton();
            foreach (var (file, title) in Contracts)
                scalar.AddDocument(file.Split('.')[0], title);
        }).AllowAnonymous();
    }

    private static IResult Resource(string name, string type) => Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!, type);
}
