using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PostModtag.Conformance.Http;

/// <summary>What an endpoint answered, byte for byte.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers, by their names.</param>
/// <param name="Body">The body.</param>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The media type without its parameters; empty where there is none.</summary>
    public string MediaType => Headers.TryGetValue("Content-Type", out var type) ? type.Split(';')[0].Trim().ToLowerInvariant() : "";

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header's value; null where it is not there.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>A property of the body's JSON object, as text; null where it is not there, or null.</summary>
    public string? Property(string name)
    {
        try
        {
            return JsonDocument.Parse(Body).RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
                ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>In words: the status, and what the receipt or the problem says.</summary>
    public string InWords() => Status == 200 && Property("receiptStatus") is { } status
        ? $"200 with the receipt {status}{(Property("errorCode") is { } code ? $", {code}" : "")}"
        : string.Create(CultureInfo.InvariantCulture, $"{Status}{(Property("code") is { } problem ? $" {problem}" : "")}{(MediaType.Length > 0 ? $" ({MediaType})" : "")}");

    /// <summary>Reads an answer that has come to its end; null where it is none.</summary>
    public static Answer? Read(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var words = lines[0].Split(' ');
        if (words.Length < 2 || !int.TryParse(words[1], CultureInfo.InvariantCulture, out var status))
            return null;
        if (status == 100)
            return Read(bytes[(end + 4)..]);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        var body = bytes[(end + 4)..];
        return new Answer(status, headers, headers.GetValueOrDefault("Transfer-Encoding") == "chunked" ? Unchunk(body) : body);
    }

    private static byte[] Unchunk(ReadOnlySpan<byte> chunked)
    {
        var whole = new List<byte>();
        while (chunked.IndexOf("\r\n"u8) is > 0 and var end
            && int.TryParse(Encoding.ASCII.GetString(chunked[..end]).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length) && length > 0
            && chunked.Length >= end + 2 + length)
        {
            whole.AddRange(chunked.Slice(end + 2, length));
            chunked = chunked[Math.Min(chunked.Length, end + 4 + length)..];
        }

        return [.. whole];
    }
}
