using System.Reflection;
using System.Text.Json;

namespace PostModtag.Api.Documentation;

/// <summary>One call of an operation and its answer, as a test recorded them: <c>docs/examples/operations</c>, a file for each.</summary>
/// <param name="Operation">The operationId.</param>
/// <param name="Name">What it shows, one word; unique within the operation.</param>
/// <param name="Request">What was sent.</param>
/// <param name="Response">What was answered.</param>
internal sealed record RecordedCall(string Operation, string Name, RecordedRequest Request, RecordedResponse Response)
{
    private const string Folder = "docs/operations/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>All that have been recorded, in the order of their files' names.</summary>
    public static IReadOnlyList<RecordedCall> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize<RecordedCall>(file, Json)!;
        }),
    ];
}

/// <summary>What was sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Headers">Headers that the contract knows.</param>
/// <param name="ContentType">The body's media type; null without a body.</param>
/// <param name="Body">The body: JSON as it is, anything else as a string; null without one.</param>
internal sealed record RecordedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string? ContentType, JsonElement? Body);

/// <summary>What was answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">Headers that the contract knows.</param>
/// <param name="ContentType">The body's media type; null without a body.</param>
/// <param name="Body">The body: JSON as it is, anything else as a string; null without one.</param>
internal sealed record RecordedResponse(int Status, IReadOnlyDictionary<string, string> Headers, string? ContentType, JsonElement? Body);
