using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Documentation;

/// <summary>Calls a server, and writes down what was sent and answered; what is another each time gets the same value each time.</summary>
internal sealed partial class CallRecorder(TestServer server)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Headers that the contracts know.
    private static readonly string[] Told = ["ETag", "Retry-After", "Location", "x-TransaktionsId"];

    private readonly Dictionary<string, string> _values = [];
    private int _made;

    /// <summary>The calls so far: the file's name, and what is in it.</summary>
    public SortedDictionary<string, string> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Says by what a value of this run is replaced in what is written down.</summary>
    public void Replace(string value, string by) => _values[value] = by;

    /// <summary>Makes a call and records it.</summary>
    /// <param name="operation">The operationId.</param>
    /// <param name="request">The method, and the path with its query.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="name">What it shows, where an operation has several.</param>
    /// <param name="accept">The Accept header.</param>
    /// <param name="keep">How many entries of each list are written down; the answer has more.</param>
    /// <param name="headers">Further headers.</param>
    /// <returns>The answer's body.</returns>
    public async Task<string> CallAsync(
        string operation, string request, string? body = null, string contentType = "application/json", string name = "recorded", string? accept = null, int keep = int.MaxValue, params (string Name, string Value)[] headers)
    {
        var (method, path) = (request.Split(' ')[0], request.Split(' ')[1]);
        using var message = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (header, value) in headers)
            message.Headers.TryAddWithoutValidation(header, value);
        if (accept is not null)
            message.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        using var response = await server.Client.SendAsync(message);
        var answer = await response.Content.ReadAsStringAsync();

        // What the caller has made is the same each time, and stays.
        foreach (var given in Uuid().Matches($"{path} {body} {string.Join(' ', headers.Select(header => header.Value))}").Select(match => match.Value))
            _values.TryAdd(given, given);
        var answered = response.Content.Headers.ContentType?.MediaType;
        var record = new JsonObject
        {
            ["operation"] = operation,
            ["name"] = name,
            ["request"] = new JsonObject
            {
                ["method"] = method, ["path"] = path, ["headers"] = Headers(headers.Select(header => (header.Name, (string?)header.Value))),
                ["contentType"] = body is null ? null : contentType, ["body"] = body is null ? null : Body(contentType, body, keep),
            },
            ["response"] = new JsonObject
            {
                ["status"] = (int)response.StatusCode,
                ["headers"] = Headers(Told.Where(header => header != "x-TransaktionsId" || headers.Any(sent => sent.Name == header)).Select(header => (header, (response.Headers.TryGetValues(header, out var values) || response.Content.Headers.TryGetValues(header, out values)) ? string.Join(", ", values) : null))),
                ["contentType"] = answer.Length == 0 ? null : answered, ["body"] = answer.Length == 0 ? null : Body(answered!, answer, keep),
            },
        };
        Calls.Add(name == "recorded" ? $"{operation}.json" : $"{operation}.{name}.json", $"{Same(record.ToJsonString(Pretty))}\n");
        return answer;
    }

    private static JsonObject Headers(IEnumerable<(string Name, string? Value)> headers) =>
        new(headers.Where(header => header.Value is not null).Select(header => KeyValuePair.Create(header.Name, (JsonNode?)JsonValue.Create(header.Value))));

    private static JsonNode? Body(string contentType, string body, int keep)
    {
        if (!contentType.EndsWith("/json", StringComparison.Ordinal) && !contentType.EndsWith("+json", StringComparison.Ordinal))
            return JsonValue.Create(body);
        var json = JsonNode.Parse(body);
        Shorten(json, keep);
        return json;
    }

    private static void Shorten(JsonNode? node, int keep)
    {
        switch (node)
        {
            case JsonObject all:
                foreach (var (_, value) in all)
                    Shorten(value, keep);
                break;
            case JsonArray list:
                while (list.Count > keep)
                    list.RemoveAt(list.Count - 1);
                foreach (var value in list)
                    Shorten(value, keep);
                break;
        }
    }

    /// <summary>UUIDs that the server makes are numbered as they come; so are digests of what they are in, and how long something took.</summary>
    private string Same(string text)
    {
        foreach (var (value, by) in _values)
            text = text.Replace(value, by, StringComparison.Ordinal);
        text = Uuid().Replace(text, match => _values.TryGetValue(match.Value, out var known) ? known : _values[match.Value] = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{++_made:D12}"));
        return Took().Replace(text, match => $"{match.Groups[1].Value}12");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("(\"(?:milliseconds|tookMilliseconds|durationMs)\": )[0-9.]+")]
    private static partial Regex Took();
}
