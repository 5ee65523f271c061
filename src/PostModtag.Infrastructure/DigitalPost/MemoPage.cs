using System.Text.Json;

namespace PostModtag.Infrastructure.DigitalPost;

/// <summary>
/// A page of the messages that wait at Digital Post. Its list is the one array on the page, or the page itself; its elements are
/// UUIDs, or objects with an <c>id</c>.
/// </summary>
internal sealed record MemoPage(IReadOnlyList<Guid> MessageUuids, int TotalPages)
{
    /// <summary>Reads it; null where the answer is none.</summary>
    public static async Task<MemoPage?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await content.ReadAsStringAsync(cancellationToken));
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
                return new MemoPage([.. root.EnumerateArray().Select(IdOf)], 1);
            var total = root.TryGetProperty("totalPages", out var pages) ? pages.GetInt32() : 1;
            var lists = root.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Array).ToList();
            return lists.Count switch
            {
                1 => new MemoPage([.. lists[0].Value.EnumerateArray().Select(IdOf)], total),
                0 when root.TryGetProperty("totalElements", out var elements) && elements.GetInt64() == 0 => new MemoPage([], 1),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Guid IdOf(JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.GetProperty("id").GetGuid() : element.GetGuid();
}
