using System.Text.Encodings.Web;
using System.Text.Json;

namespace PostModtag.Api.Documentation;

/// <summary>A contract as a page that needs no server: the contract is in it, and what shows it lies beside it.</summary>
internal static class DocumentationPage
{
    /// <summary>The script that shows it, beside the page.</summary>
    public const string Script = "scalar.js";

    public static string Of(string title, string contract)
    {
        var settings = JsonSerializer.Serialize(new
        {
            content = contract, servers = new[] { new { url = "https://postmodtag.example" } }, withDefaultFonts = false, telemetry = false, agent = new { disabled = true }, mcp = new { disabled = true }, hideClientButton = true, showDeveloperTools = "never", hideTestRequestButton = true,
        });
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{HtmlEncoder.Default.Encode(title)} – PostModtag</title>
            </head>
            <body>
              <div id="app"></div>
              <script src="{Script}"></script>
              <script>Scalar.createApiReference("#app", {settings})</script>
            </body>
            </html>

            """;
    }
}
