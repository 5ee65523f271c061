using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>
/// The fields that conditions can ask for: every field of the generated catalogue, the values that stand beside a name
/// (ContactInfo by its label), and those derived from the message as a whole.
/// </summary>
public static partial class RuleFields
{
    private const string Header = "MessageHeader/";

    private static readonly RuleField[] Derived =
    [
        new("kind", MemoFieldType.Text, null, false, ["new", "forwarded", "reply"],
            "The kind of letter: new, forwarded or reply.", "Brevets art: nyt (new), videresendt (forwarded) eller svar (reply).",
            message => [message.KindName]),
        new("fileCount", MemoFieldType.WholeNumber, null, false, null,
            "The number of files in the message.", "Antallet af filer i meddelelsen.",
            message => [message.FileCount]),
        new("fileType", MemoFieldType.Text, 256, true, null,
            "The MIME type that a file declares.", "Den MIME-type, som en fil angiver.",
            message => message.Memo.Files().Select(file => file.File.EncodingFormat)),
        new("fileName", MemoFieldType.Text, 256, true, null,
            "The name of a file.", "Navnet på en fil.",
            message => message.Memo.Files().Select(file => file.File.Filename)),
        new("size", MemoFieldType.WholeNumber, null, false, null,
            "The size of the message's XML in bytes.", "Størrelsen af meddelelsens XML i byte.",
            message => [message.Size.ToString(CultureInfo.InvariantCulture)]),
    ];

    private static readonly NamedValues[] Named =
    [
        new("Sender/ContactPoint/ContactInfo", "value", header => Pairs(header.Sender.ContactPoint)),
        new("Recipient/ContactPoint/ContactInfo", "value", header => Pairs(header.Recipient.ContactPoint)),
        new("ContentData/AdditionalContentData", "contentDataValue", header =>
            header.ContentData?.AdditionalContentData.Select(data => (data.ContentDataName, data.ContentDataValue)) ?? []),
        new("ReplyData/AdditionalReplyData", "value", header =>
            header.ReplyData.SelectMany(reply => reply.AdditionalReplyData).Select(data => (data.Label, data.Value))),
    ];

    private static readonly Dictionary<string, RuleField> ByName = MemoFields.All.Select(Of).Concat(Derived).ToDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>All fields but those by name, of which there are as many as names: the catalogue's in its order, then the derived.</summary>
    public static IReadOnlyCollection<RuleField> All => ByName.Values;

    /// <summary>The places whose values are had by name: <c>Recipient/ContactPoint/ContactInfo[NAME]/value</c>.</summary>
    public static IEnumerable<string> NamedForms => Named.Select(named => $"{named.Path}[NAME]/{named.Leaf}");

    /// <summary>
    /// Finds a field by the name that a rule writes; false when there is none. The name may begin with
    /// <c>MessageHeader/</c>, as the catalogue of fields has it.
    /// </summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out RuleField? field)
    {
        var shortName = name.StartsWith(Header, StringComparison.Ordinal) ? name[Header.Length..] : name;
        if (ByName.TryGetValue(shortName, out field))
            return true;

        var parts = NamedForm().Match(shortName);
        field = parts.Success && Array.Find(Named, named => named.Path == parts.Groups[1].Value && named.Leaf == parts.Groups[3].Value) is { } values
            ? values.Field(parts.Groups[2].Value)
            : null;
        return field is not null;
    }

    private static RuleField Of(MemoField field) => new(
        field.Path.StartsWith(Header, StringComparison.Ordinal) ? field.Path[Header.Length..] : field.Path,
        field.Type, field.MaxLength, field.Repeats, AllowedValues(field), field.Documentation, field.DocumentationDanish,
        message => field.Values(message.Memo));

    private static IReadOnlyList<string>? AllowedValues(MemoField field) => field.Type == MemoFieldType.Boolean ? ["true", "false"] : null;

    private static IEnumerable<(string Name, string Value)> Pairs(MemoContactPoint? contactPoint) =>
        contactPoint?.ContactInfo.Select(info => (info.Label, info.Value)) ?? [];

    [GeneratedRegex(@"^(.+)\[(.+)\]/(.+)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NamedForm();

    /// <summary>Values that stand beside a name in an element that repeats.</summary>
    private sealed record NamedValues(string Path, string Leaf, Func<MemoHeader, IEnumerable<(string Name, string Value)>> Pairs)
    {
        public RuleField Field(string name) => new(
            $"{Path}[{name}]/{Leaf}", MemoFieldType.Text, 256, true, null,
            $"The {Leaf} of the {Path} that is named so.", $"{Leaf} i den {Path}, der hedder sådan.",
            message => Pairs(message.Memo.MessageHeader)
                .Where(pair => pair.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value));
    }
}
