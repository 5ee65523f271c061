using System.Text.Json;
using System.Xml.Linq;

namespace PostModtag.Api.Tests;

/// <summary>Reads answers as any client would, from their bytes.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;

    public static async Task<XElement> XmlAsync(this HttpResponseMessage response) =>
        XElement.Parse(await response.Content.ReadAsStringAsync());

    public static string? Text(this JsonElement json, string property) => json.GetProperty(property).GetString();

    public static string TransactionId(this HttpResponseMessage response) => response.Headers.GetValues("x-TransaktionsId").Single();
}
