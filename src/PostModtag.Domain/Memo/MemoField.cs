namespace PostModtag.Domain.Memo;

/// <summary>One field of the catalogue: a simple value of a message outside the files' contents.</summary>
/// <param name="Name">The element's or attribute's own name, as MeMo has it: <c>senderID</c>.</param>
/// <param name="Path">The way from the message to it, without prefixes: <c>MessageHeader/Sender/senderID</c>. It names the field for good.</param>
/// <param name="Type">What kind of value it is.</param>
/// <param name="MaxLength">The longest text the schema allows, in characters; null where it sets none or the value is no text.</param>
/// <param name="Repeats">Whether a message can have more than one value of it.</param>
/// <param name="Documentation">What it means, in English, from the schema.</param>
/// <param name="DocumentationDanish">What it means, in Danish, from the schema.</param>
/// <param name="Read">Finds the field's values in a message, in order; none where the message has none.</param>
public sealed record MemoField(
    string Name,
    string Path,
    MemoFieldType Type,
    int? MaxLength,
    bool Repeats,
    string Documentation,
    string DocumentationDanish,
    FieldReader<MemoMessage> Read)
{
    /// <summary>The field's values in a message, in order; empty where the message has none.</summary>
    public IEnumerable<string> Values(MemoMessage message)
    {
        var values = new FieldValues();
        Read(message, ref values);
        return values.ToList();
    }
}

/// <summary>The kinds of values a field can have.</summary>
public enum MemoFieldType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A UUID; printed in lower case with hyphens.</summary>
    Uuid,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A decimal number.</summary>
    DecimalNumber,

    /// <summary>A day, <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>A moment in UTC, ISO 8601 ending in <c>Z</c>.</summary>
    DateTime,
}

/// <summary>The catalogue of fields, made from the newest MeMo schema: what can be shown of a message and asked of it.</summary>
public static partial class MemoFields
{
    /// <summary>All fields in the order of the schema.</summary>
    public static IReadOnlyList<MemoField> All => _all;

    /// <summary>The field with that path, or null.</summary>
    public static MemoField? Find(string path) => Index.ByPath.GetValueOrDefault(path);

    // A class of its own: the order in which the fields of a partial class are initialised is not defined across files.
    private static class Index
    {
        public static readonly Dictionary<string, MemoField> ByPath = _all.ToDictionary(field => field.Path, StringComparer.Ordinal);
    }
}
