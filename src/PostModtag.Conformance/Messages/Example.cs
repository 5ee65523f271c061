using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PostModtag.Conformance.Messages;

/// <summary>One of the contract's examples: a message, and for an invalid one the receipt that it must get.</summary>
internal sealed partial class Example
{
    private const string ExampleRecipient = "90000001";

    private static readonly Encoding[] Encodings = [Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode];

    private readonly string _resource;

    private Example(string resource) => _resource = resource;

    /// <summary>All valid ones, by name.</summary>
    public static IReadOnlyList<Example> Valid { get; } = All("valid/");

    /// <summary>All invalid ones, by name.</summary>
    public static IReadOnlyList<Example> Invalid { get; } = All("invalid/");

    /// <summary>Its name, without folder and ending.</summary>
    public string Name => Path.GetFileNameWithoutExtension(_resource);

    /// <summary>The errorCode and the receiptStatus that an invalid one must get.</summary>
    public (string ErrorCode, string ReceiptStatus) Receipt
    {
        get
        {
            var receipt = JsonDocument.Parse(Read(Path.ChangeExtension(_resource, ".receipt.json"))).RootElement;
            return (receipt.GetProperty("errorCode").GetString()!, receipt.GetProperty("receiptStatus").GetString()!);
        }
    }

    /// <summary>
    /// Its bytes, under a messageUUID that nobody has used, to another authority. Of the messageUUID the parts are kept that an example
    /// may be about: its version, its variant, and its letter case.
    /// </summary>
    public byte[] ToBytes(string recipient)
    {
        var bytes = Read(_resource);
        foreach (var encoding in Encodings)
        {
            if (MessageUuid().Match(encoding.GetString(bytes)) is not { Success: true } found)
                continue;
            var old = found.Groups[1].Value;
            var made = Guid.NewGuid().ToString();
            var fresh = made[..8] + old[8..24] + made[24..];
            if (old.Any(char.IsAsciiLetterUpper))
                fresh = fresh.ToUpperInvariant();
            bytes = Replace(bytes, encoding.GetBytes(old), encoding.GetBytes(fresh));
            return Replace(bytes, encoding.GetBytes($">{ExampleRecipient}<"), encoding.GetBytes($">{recipient}<"));
        }

        throw new InvalidOperationException($"The example {Name} has no messageUUID.");
    }

    private static List<Example> All(string folder) =>
        [.. typeof(Example).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => new Example(name))];

    private static byte[] Read(string resource)
    {
        using var stream = typeof(Example).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"There is no example {resource}.");
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Replace(byte[] bytes, byte[] old, byte[] fresh)
    {
        var replaced = new List<byte>(bytes.Length);
        var rest = bytes.AsSpan();
        for (var at = rest.IndexOf(old); at >= 0; at = rest.IndexOf(old))
        {
            replaced.AddRange(rest[..at]);
            replaced.AddRange(fresh);
            rest = rest[(at + old.Length)..];
        }

        replaced.AddRange(rest);
        return [.. replaced];
    }

    [GeneratedRegex(@"messageUUID\s*>\s*([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})")]
    private static partial Regex MessageUuid();
}
