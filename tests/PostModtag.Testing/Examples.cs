using System.Text.Json;

namespace PostModtag.Testing;

/// <summary>The messages in <c>api-spec/examples</c>.</summary>
public static class Examples
{
    public static string Folder { get; } = Repository.PathOf("api-spec", "examples");

    /// <summary>The names of the valid messages' files.</summary>
    public static IReadOnlyList<string> Valid { get; } = Names("valid");

    /// <summary>The names of the invalid messages' files.</summary>
    public static IReadOnlyList<string> Invalid { get; } = Names("invalid");

    public static byte[] ReadValid(string name) => File.ReadAllBytes(Path.Combine(Folder, "valid", name));

    public static byte[] ReadInvalid(string name) => File.ReadAllBytes(Path.Combine(Folder, "invalid", name));

    /// <summary>The receipt that an invalid message must get.</summary>
    public static JsonElement ReceiptOfInvalid(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(ReceiptFile(name))).RootElement;

    public static string ReceiptFile(string name) => Path.Combine(Folder, "invalid", Path.ChangeExtension(name, ".receipt.json"));

    private static List<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.xml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
