using System.Diagnostics.CodeAnalysis;
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
            (message, ref values) => values.Add(message.KindName)),
        new("fileCount", MemoFieldType.WholeNumber, null, false, null,
            "The number of files in the message.", "Antallet af filer i meddelelsen.",
            (message, ref values) => values.Add(message.NumberOfFiles)),
        new("fileType", MemoFieldType.Text, 256, true, null,
            "The MIME type that a file declares.", "Den MIME-type, som en fil angiver.",
            OfFiles("encodingFormat")),
        new("fileName", MemoFieldType.Text, 256, true, null,
            "The name of a file.", "Navnet på en fil.",
            OfFiles("filename")),
        new("size", MemoFieldType.WholeNumber, null, false, null,
            "The size of the message's XML in bytes.", "Størrelsen af meddelelsens XML i byte.",
            (message, ref values) => values.Add(message.Size)),
    ];

    private static readonly NamedValues[] Named =
    [
        new("Sender/ContactPoint/ContactInfo", "label", "value"),
        new("Recipient/ContactPoint/ContactInfo", "label", "value"),
        new("ContentData/AdditionalContentData", "contentDataName", "contentDataValue"),
        new("ReplyData/AdditionalReplyData", "label", "value"),
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
        (message, ref values) => field.Read(message.Memo, ref values));

    private static IReadOnlyList<string>? AllowedValues(MemoField field) => field switch
    {
        { Type: MemoFieldType.Boolean } => ["true", "false"],
        { Path: $"{Header}messageType" } => ["DIGITALPOST", "NEMSMS"],
        _ => null,
    };

    private static FieldReader<RoutedMessage> OfFiles(string leaf)
    {
        MemoField Field(DocumentKind document) => MemoFields.Find($"MessageBody/{document}/File/{leaf}")!;
        MemoField[] fields = [.. Enum.GetValues<DocumentKind>().Select(Field)];
        return (message, ref values) =>
        {
            foreach (var field in fields)
                field.Read(message.Memo, ref values);
        };
    }

    [GeneratedRegex(@"^(.+)\[(.+)\]/(.+)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NamedForm();

    /// <summary>Values that stand beside a name in an element that repeats; each such element has both.</summary>
    private sealed class NamedValues(string path, string nameLeaf, string leaf)
    {
        private readonly MemoField _names = MemoFields.Find($"{Header}{path}/{nameLeaf}")!;
        private readonly MemoField _values = MemoFields.Find($"{Header}{path}/{leaf}")!;

        public string Path => path;

        public string Leaf => leaf;

        public RuleField Field(string name) => new(
            $"{path}[{name}]/{leaf}", _values.Type, _values.MaxLength, true, null,
            $"The {leaf} of the {path} that is named so.", $"{leaf} i den {path}, der hedder sådan.",
            (message, ref values) => Read(name, message, ref values));

        private void Read(string name, RoutedMessage message, ref FieldValues values)
        {
            var names = new FieldValues();
            var all = new FieldValues();
            _names.Read(message.Memo, ref names);
            _values.Read(message.Memo, ref all);
            for (var place = 0; place < names.Count; place++)
            {
                if (names[place].Equals(name, StringComparison.OrdinalIgnoreCase))
                    values.AddText(all, place);
            }
        }
    }
}
