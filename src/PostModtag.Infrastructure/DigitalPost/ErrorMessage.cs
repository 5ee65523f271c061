using System.Text.Json;

namespace PostModtag.Infrastructure.DigitalPost;

/// <summary>Digital Post's error message, as far as it is kept: not the fields' values, which are the message's.</summary>
internal sealed record ErrorMessage(string Code, string? Message)
{
    private const int MaxLength = 65_536;

    /// <summary>Reads it; null where the answer is none.</summary>
    public static async Task<ErrorMessage?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(MaxLength, cancellationToken);
            using var document = JsonDocument.Parse(await content.ReadAsStringAsync(cancellationToken));
            return document.RootElement.ValueKind == JsonValueKind.Object && TextOf(document.RootElement, "code") is { } code
                ? new ErrorMessage(code, TextOf(document.RootElement, "message"))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
