using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Web.Messages;

/// <summary>The fields of a message that have a value, in MeMo's own order and groups: the header itself, sender, recipient, content and so on.</summary>
internal static class FieldGroups
{
    private const string Header = "MessageHeader";

    // Numbers of ten digits that are no person's.
    private static readonly string[] Numbers = ["productionUnitNumber", "propertyNumber"];

    /// <summary>The groups.</summary>
    public static IReadOnlyList<Group> Of(MemoMessage memo) =>
    [
        .. MemoFields.All.Select(field => new FilledField(field, GroupOf(field), [.. field.Values(memo).Where(value => value.Length > 0)]))
            .Where(field => field.Values.Count > 0 && field.Group != "Files")
            .GroupBy(field => field.Group).Select(group => new Group(group.Key, [.. group])),
    ];

    private static string GroupOf(MemoField field) => field.Path.Split('/') switch
    {
        [Header, _] or [_] => Header,
        [Header, var group, ..] => group,
        ["MessageBody", _] => "MessageBody",
        ["MessageBody", _, "File", ..] => "Files",
        _ => "MessageBody",
    };

    /// <summary>A group.</summary>
    internal sealed record Group(string Name, IReadOnlyList<FilledField> Fields);

    /// <summary>A field that has values.</summary>
    internal sealed record FilledField(MemoField Field, string Group, IReadOnlyList<string> Values)
    {
        /// <summary>Its name within its group.</summary>
        public string ShortName => Field.Path.Split('/') is { Length: > 2 } parts ? string.Join(" / ", parts[2..]) : Field.Name;

        /// <summary>Whether a value of it has what is masked.</summary>
        public bool IsMasked(string value) =>
            Field.Type is MemoFieldType.Text or MemoFieldType.WholeNumber && !Numbers.Contains(Field.Name) && CprText.IsIn(value);

        /// <summary>The path only: the values are personal data.</summary>
        public override string ToString() => Field.Path;
    }
}
